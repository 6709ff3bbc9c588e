package io.chancery.audit;

import io.chancery.PkiException;
import io.chancery.audit.report.FindingKind;
import io.chancery.audit.report.Findings;
import io.chancery.audit.report.Place;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.SignatureCount;
import io.chancery.ledger.SignatureCount.Purpose;
import java.sql.Connection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** What the token's keys have signed, held against the deeds that allow a signature. */
final class SignatureAudit implements DeedAudit {
  private final Findings findings;
  private final Map<Purpose, Long> signed = new EnumMap<>(Purpose.class);
  private Place last = Place.waiting(0);

  SignatureAudit(Findings findings) {
    this.findings = findings;
  }

  @Override
  public Set<EventKind> kinds() {
    return Set.of(EventKind.SIGNATURES_COUNTED);
  }

  @Override
  public void see(Place place, Event event) {
    last = place;
    event
        .facts()
        .forEach(
            (name, text) -> {
              if (SignatureCount.isFact(name)) {
                count(place, SignatureCount.keyOf(name), text);
              }
            });
  }

  @Override
  public void compare(Connection connection) {
    // Signatures are counted in entries only.
  }

  /** Every signature over a certificate or CRL needs its entry before it. */
  void compareCounts(Map<EventKind, Long> entries) {
    compare(
        Purpose.CERTIFICATE,
        entries.getOrDefault(EventKind.CERTIFICATE_RESERVED, 0L)
            + entries.getOrDefault(EventKind.CERTIFICATE_RESUMED, 0L));
    compare(Purpose.CRL, entries.getOrDefault(EventKind.CRL_RESERVED, 0L));
  }

  /** What was counted, for every purpose. */
  SignatureCount total() {
    return new SignatureCount(signed);
  }

  private void count(Place place, String key, String text) {
    try {
      SignatureCount count = SignatureCount.parse(text);
      count.counts().forEach((purpose, number) -> signed.merge(purpose, number, Long::sum));
      if (count.of(Purpose.OTHER) > 0) {
        findings.about(
            place,
            FindingKind.SIGNATURE_UNACCOUNTED,
            count.of(Purpose.OTHER) + " signatures by key " + key + " that no deed accounts for");
      }
    } catch (PkiException unreadable) {
      findings.about(place, FindingKind.ENTRY_UNREADABLE, unreadable.failure().detail());
    }
  }

  private void compare(Purpose purpose, long allowed) {
    long made = signed.getOrDefault(purpose, 0L);
    if (made > allowed) {
      findings.about(
          last,
          FindingKind.SIGNATURE_UNACCOUNTED,
          made
              + " signatures for the purpose "
              + purpose
              + " were counted up to here, and only "
              + allowed
              + " entries allow one");
    }
  }
}
