package io.chancery.inventory;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code issuer}. */
@Entity
@Table(name = "issuer")
class IssuerRow {
  @Id String name = "";
  String certificate = "";

  @Column(name = "known_since")
  Instant knownSince = Instant.EPOCH;

  String papers = "";
}
