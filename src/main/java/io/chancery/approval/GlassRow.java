package io.chancery.approval;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code broken_glass}. */
@Entity
@Table(name = "broken_glass")
class GlassRow {
  @Id UUID proposal = new UUID(0, 0);

  String person = "";
  String reason = "";
  Instant at = Instant.EPOCH;

  @Column(name = "reviewed_by")
  @Nullable String reviewedBy;

  @Column(name = "reviewed_at")
  @Nullable Instant reviewedAt;

  static GlassRow of(UUID proposal, String person, String reason, Instant at) {
    GlassRow row = new GlassRow();
    row.proposal = proposal;
    row.person = person;
    row.reason = reason;
    row.at = at;
    return row;
  }

  BrokenGlass glass() {
    return new BrokenGlass(
        proposal,
        person,
        reason,
        at,
        Optional.ofNullable(reviewedBy),
        Optional.ofNullable(reviewedAt));
  }
}
