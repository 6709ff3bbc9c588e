package io.chancery.alerts;

import io.chancery.OrganizationId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code alert}. */
@Entity
@Table(name = "alert")
class AlertRow {
  @Id UUID id = new UUID(0, 0);
  String finding = "";
  String kind = "";

  @Enumerated(EnumType.STRING)
  Severity severity = Severity.INFO;

  String organization = "";
  @Nullable String serial;
  String text = "";
  @Nullable Instant due;

  @Column(name = "raised_at")
  Instant raisedAt = Instant.EPOCH;

  @Column(name = "closed_at")
  @Nullable Instant closedAt;

  static AlertRow of(Finding finding, UUID id, Instant at) {
    AlertRow row = new AlertRow();
    row.id = id;
    row.finding = finding.key();
    row.kind = finding.kind();
    row.severity = finding.severity();
    row.organization = finding.owner().value();
    row.serial = finding.serial().orElse(null);
    row.text = finding.text();
    row.due = finding.due();
    row.raisedAt = at;
    return row;
  }

  Alert alert() {
    return new Alert(
        id,
        finding,
        kind,
        severity,
        new OrganizationId(organization),
        Optional.ofNullable(serial),
        text,
        Optional.ofNullable(due),
        raisedAt);
  }
}
