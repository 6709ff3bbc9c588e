package io.chancery.revocation;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;

/** A row of {@code crl}. */
@Entity
@Table(name = "crl")
class CrlRow {
  /** The table's key. */
  @Embeddable
  record Id(String issuer, long number) implements Serializable {}

  @EmbeddedId Id id = new Id("", 0);

  @Column(name = "this_update")
  Instant thisUpdate = Instant.EPOCH;

  @Column(name = "next_update")
  Instant nextUpdate = Instant.EPOCH;

  int entries;
  byte[] der = {};
}
