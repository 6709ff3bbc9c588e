package io.chancery.audit;

import io.chancery.audit.report.Findings;
import io.chancery.audit.report.Place;
import io.chancery.audit.rows.EntryBody;
import io.chancery.ledger.EventKind;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Hands each entry on to those who follow its kind, and counts the kinds. */
final class Deeds {
  private final Findings findings;
  private final List<DeedAudit> audits;
  private final SignatureAudit signatures;
  private final AccessAudit access;
  private final ConsentAudit consent;
  private final Map<String, List<DeedAudit>> byKind = new TreeMap<>();
  private final Map<EventKind, Long> counts = new EnumMap<>(EventKind.class);

  Deeds(Findings findings) {
    this.findings = findings;
    this.signatures = new SignatureAudit(findings);
    this.access = new AccessAudit(findings);
    this.consent = new ConsentAudit(findings);
    this.audits =
        List.of(
            new CrlAudit(findings),
            access,
            new ResponderAudit(findings),
            new PartnerAudit(findings),
            new BulkAudit(findings),
            new BlockedKeyAudit(findings),
            signatures,
            consent);
    for (DeedAudit audit : audits) {
      audit
          .kinds()
          .forEach(
              kind -> byKind.computeIfAbsent(kind.name(), any -> new ArrayList<>()).add(audit));
    }
  }

  /** An entry of the database. */
  void see(EntryRow row) {
    see(row.place(), row.kind(), row.actor(), row.body());
  }

  private void see(Place place, String kind, String actor, byte[] body) {
    count(kind);
    if (kind.equals(EventKind.CERTIFICATE_RESERVED.name())) {
      access.spent(actor);
    }
    List<DeedAudit> whose = byKind.getOrDefault(kind, List.of());
    if (!whose.isEmpty()) {
      EntryBody.event(place, body, findings)
          .ifPresent(event -> whose.forEach(audit -> audit.see(place, event)));
    }
  }

  /** An entry of the copy, where there is no database to ask. */
  void see(long leaf, byte[] body) {
    Place place = new Place(leaf, 0);
    EntryBody.event(place, body, findings)
        .ifPresent(
            event -> {
              count(event.kind().name());
              byKind
                  .getOrDefault(event.kind().name(), List.of())
                  .forEach(audit -> audit.see(place, event));
            });
  }

  /** After the last of so many entries; false where some are lost, and counts say nothing. */
  boolean compareEntries(long expected) {
    boolean all = counts.values().stream().mapToLong(Long::longValue).sum() >= expected;
    if (all) {
      signatures.compareCounts(counts);
    }
    return all;
  }

  void compareTables(Connection connection) {
    audits.forEach(audit -> audit.compare(connection));
  }

  ConsentAudit consent() {
    return consent;
  }

  Map<EventKind, Long> counts() {
    return counts;
  }

  SignatureAudit signatures() {
    return signatures;
  }

  private void count(String kind) {
    for (EventKind known : EventKind.values()) {
      if (known.name().equals(kind)) {
        counts.merge(known, 1L, Long::sum);
      }
    }
  }
}
