package io.chancery.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Caller;
import io.chancery.audit.report.FindingKind;
import io.chancery.audit.report.Progress;
import io.chancery.audit.report.Report;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.note.NoteKey;
import io.chancery.ledger.note.NoteSigner;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Someone signs with the authority's keys behind its back; the token counts. */
class SignaturesWithoutADeedTest {
  private static final Instant AT = Instant.parse("2026-06-01T00:00:00Z");
  private static final Caller BY = new Caller.Authority("test");

  @TempDir Path folder;
  private final NoteSigner signer = CopyWriter.signer(CopyWriter.ORIGIN, NoteKey.Type.ED25519);

  @Test
  void asManyAsThereAreEntriesIsClean() {
    assertThat(
            audit(
                    event(EventKind.CERTIFICATE_RESERVED, "01"),
                    event(EventKind.CERTIFICATE_RESUMED, "01"),
                    crl(1, "2026-06-01T00:00:00Z"),
                    counted(
                        "certificate=2 crl=1 ocsp=70000 checkpoint=9 request=1 proof=1 other=0"))
                .findings())
        .isEmpty();
  }

  /** A receipt tells of a change that has its entry; it needs none of its own. */
  @Test
  void receiptsNeedNoEntryAndAllowNothing() {
    assertThat(audit(counted("checkpoint=3 receipt=500 other=0")).findings()).isEmpty();
    Found.only(
        audit(counted("certificate=1 receipt=500 other=0")), FindingKind.SIGNATURE_UNACCOUNTED, 0);
  }

  @Test
  void oneForNoDeedIsNamedWithItsKey() {
    Report report =
        audit(counted("certificate=0 other=0"), counted("certificate=0 crl=0 ocsp=1 other=3"));
    Found.only(report, FindingKind.SIGNATURE_UNACCOUNTED, 1);
    assertThat(Found.first(report).what()).contains("3 signatures").contains("0a0a");
  }

  @Test
  void moreCertificatesOrCrlsThanReservationsAreNamed() {
    Report report =
        audit(
            event(EventKind.CERTIFICATE_RESERVED, "01"),
            crl(1, "2026-06-01T00:00:00Z"),
            counted("certificate=1 crl=1 other=0"),
            counted("certificate=1 crl=1 other=0"));
    Found.only(report, FindingKind.SIGNATURE_UNACCOUNTED, 3);
    assertThat(report.found()).isEqualTo(2);
  }

  @Test
  void aCountThatCannotBeReadIsNamed() {
    Found.only(audit(counted("many")), FindingKind.ENTRY_UNREADABLE, 0);
  }

  @Test
  void crlNumbersThatDoNotGrowAreNamed() {
    Report report =
        audit(
            crl(7, "2026-06-01T00:00:00Z"),
            crl(7, "2026-06-01T00:00:00Z"),
            crl(8, "2026-05-31T00:00:00Z"));
    Found.at(report, FindingKind.CRL_DIFFERS, 1);
    Found.at(report, FindingKind.CRL_DIFFERS, 2);
    assertThat(report.found()).isEqualTo(2);
  }

  private Report audit(Event... events) {
    CopyWriter copy = new CopyWriter(folder, tile -> {});
    for (Event event : events) {
      copy.add(event.body());
    }
    copy.publish(signer);
    Audit.Subject subject =
        new Audit.Subject(Optional.of(folder), Optional.empty(), signer.key(), List.of(), 0, 100);
    return new Audit(subject, new Progress(), InstantSource.fixed(AT)).run();
  }

  private static Event event(EventKind kind, String subject) {
    return Event.of(AT, kind, BY, subject);
  }

  private static Event crl(long number, String thisUpdate) {
    return Event.of(
        AT,
        EventKind.CRL_RESERVED,
        BY,
        "paper",
        "number",
        String.valueOf(number),
        "thisUpdate",
        thisUpdate);
  }

  private static Event counted(String text) {
    return Event.of(
        AT, EventKind.SIGNATURES_COUNTED, BY, "", "process", "1", "key " + "0a".repeat(20), text);
  }
}
