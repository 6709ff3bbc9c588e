package io.chancery.revocation;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code crl_series}. */
@Entity
@Table(name = "crl_series")
class CrlSeriesRow {
  @Id String issuer = "";
  long number;

  @Column(name = "this_update")
  Instant thisUpdate = Instant.EPOCH;
}
