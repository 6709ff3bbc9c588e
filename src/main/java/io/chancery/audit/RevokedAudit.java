package io.chancery.audit;

import io.chancery.Quoted;
import io.chancery.audit.report.FindingKind;
import io.chancery.audit.report.Findings;
import io.chancery.audit.rows.RowCursor;
import java.sql.Connection;
import java.util.Optional;

/**
 * Whether the table that CRLs are made from lists what the certificates' rows say, which are
 * themselves held against the roll. A row that is missing there would be missing in every CRL.
 */
final class RevokedAudit {
  // One that has expired leaves when a CRL has shown it: only its being there wrongly is a finding.
  private static final String DIFFERENT =
      """
      select coalesce(c.serial, r.serial),
        case when r.serial is null then 'is revoked, and no CRL would list it'
          when c.serial is null or c.status = 'good' then 'is not revoked, and CRLs would list it'
          else 'is revoked otherwise than CRLs would say' end
      from (select serial, issuer, crl_shard, status, status_since, invalidity_date, not_after,
          case status when 'held' then 6 else reason end as reason
        from certificate where status <> 'good') c
      full join revoked r on r.serial = c.serial and r.issuer = c.issuer
      where c.serial is null
        or (r.serial is null and c.not_after >= now())
        or (r.serial is not null and (r.reason, r.since, r.not_after)
          is distinct from (c.reason, c.status_since, c.not_after))
        or (r.serial is not null and r.invalidity_date is distinct from c.invalidity_date)
        or (r.serial is not null and r.shard is distinct from c.crl_shard)
      order by 1
      """;

  private final Findings findings;

  private record Different(String serial, String what) {}

  RevokedAudit(Findings findings) {
    this.findings = findings;
  }

  void compare(Connection connection) {
    try (RowCursor<Different> rows =
        new RowCursor<>(
            connection, DIFFERENT, row -> new Different(row.getString(1), row.getString(2)))) {
      for (Optional<Different> row = rows.next(); row.isPresent(); row = rows.next()) {
        findings.nowhere(
            FindingKind.CRL_DIFFERS,
            "certificate " + Quoted.of(row.get().serial()) + " " + row.get().what());
      }
    }
  }
}
