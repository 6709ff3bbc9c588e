package io.chancery.filter;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code revocation_filter}. */
@Entity
@Table(name = "revocation_filter")
class RevocationFilterRow {
  @Id String issuer = "";
  long number;

  @Column(name = "this_update")
  Instant thisUpdate = Instant.EPOCH;

  @Column(name = "next_update")
  Instant nextUpdate = Instant.EPOCH;

  byte[] file = {};
}
