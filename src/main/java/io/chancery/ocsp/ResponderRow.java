package io.chancery.ocsp;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code responder}. */
@Entity
@Table(name = "responder")
class ResponderRow {
  @Id String issuer = "";
  String serial = "";
  Instant since = Instant.EPOCH;
}
