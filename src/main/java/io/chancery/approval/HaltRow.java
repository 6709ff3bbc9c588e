package io.chancery.approval;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code signing_halt}. */
@Entity
@Table(name = "signing_halt")
class HaltRow {
  @Id UUID id = new UUID(0, 0);

  String reason = "";

  @Column(name = "halted_by")
  String haltedBy = "";

  @Column(name = "halted_at")
  Instant haltedAt = Instant.EPOCH;

  @Column(name = "resumed_at")
  @Nullable Instant resumedAt;

  Standstill standstill() {
    return new Standstill(id, haltedBy, haltedAt, reason);
  }
}
