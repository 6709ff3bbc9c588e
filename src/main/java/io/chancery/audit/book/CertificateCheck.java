package io.chancery.audit.book;

import io.chancery.Quoted;
import io.chancery.Sha256;
import io.chancery.audit.book.SerialHistory.Deed;
import io.chancery.audit.report.FindingKind;
import io.chancery.audit.report.Findings;
import io.chancery.audit.rows.Comparison;
import io.chancery.ledger.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** One certificate of the book against its entries. */
final class CertificateCheck {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private final Findings findings;
  private final List<TakesApproval> approved = new ArrayList<>();
  private long byHash;

  CertificateCheck(Findings findings) {
    this.findings = findings;
  }

  /** How many could be compared by their hash only: older entries hold no more. */
  long byHash() {
    return byHash;
  }

  /** Those that people had to approve; whether they did is on the roll. */
  List<TakesApproval> approved() {
    return approved;
  }

  void check(CertificateRecord row, SerialHistory history) {
    Optional<Deed> issued = history.issued();
    if (issued.isEmpty()) {
      missing(row, history);
      return;
    }
    String which = "certificate " + Quoted.of(row.serial());
    differences(row, issued.get().event())
        .ifPresent(how -> report(issued.get(), which + " differs: " + how));
    history.reserved().ifPresent(reserved -> takesApproval(row, reserved));
    history
        .reserved()
        .flatMap(reserved -> promise(row, reserved.event()))
        .ifPresent(
            how -> report(history.reserved().orElse(issued.get()), which + " differs: " + how));
    Optional<Deed> last = history.lastChange();
    history
        .status()
        .flatMap(status -> status.differences(row.status()))
        .ifPresent(
            how ->
                findings.about(
                    last.orElse(issued.get()).place(),
                    FindingKind.STATUS_DIFFERS,
                    which + ": " + how));
  }

  private void takesApproval(CertificateRecord row, Deed reserved) {
    String number = reserved.fact("approvals");
    if (number.matches("[1-9][0-9]{0,3}")) {
      String sha256 =
          CertificateOctets.of(row.der()).map(octets -> Sha256.hex(octets.tbs())).orElse("");
      approved.add(
          new TakesApproval(row.serial(), Integer.parseInt(number), sha256, reserved.place()));
    }
  }

  private void missing(CertificateRecord row, SerialHistory history) {
    String what = "certificate " + Quoted.of(row.serial()) + " has no entry CERTIFICATE_ISSUED";
    Optional<Deed> reserved = history.reserved();
    if (reserved.isPresent()) {
      findings.about(reserved.get().place(), FindingKind.CERTIFICATE_NOT_ON_ROLL, what);
    } else {
      findings.nowhere(FindingKind.CERTIFICATE_NOT_ON_ROLL, what);
    }
  }

  private Optional<String> differences(CertificateRecord row, Event event) {
    return new Comparison(event)
        .unless(isTheSame(row.der(), event), "its octets are another certificate's")
        .text("issuer", row.issuer())
        .text("profile", row.profile())
        .text("contact", row.contact())
        .text("replaces", row.replaces())
        .text("subject", row.subject())
        .text("names", row.names())
        .time("notAfter", Optional.of(row.notAfter()))
        .time("issued_at", row.issuedAt(), event.at())
        .member("organization", row.organization(), event.organization().value())
        .member("requester", row.requester(), event.actor())
        .differences();
  }

  private boolean isTheSame(byte[] der, Event event) {
    String whole = event.facts().getOrDefault("der", "");
    if (whole.isEmpty()) {
      byHash++;
      return Sha256.hex(der).equals(event.facts().getOrDefault("certificate", ""));
    }
    return Arrays.equals(der, octets(whole));
  }

  /** What the reservation promised, and what columns repeat of the octets. */
  private static Optional<String> promise(CertificateRecord row, Event reserved) {
    Optional<CertificateOctets> parts = CertificateOctets.of(row.der());
    if (parts.isEmpty()) {
      return Optional.of("its octets are no certificate");
    }
    CertificateOctets octets = parts.get();
    return new Comparison(reserved)
        .unless(isPromised(octets.tbs(), reserved), "it is not over the octets that were reserved")
        .unless(octets.serial().equals(row.serial()), "its octets have another serial")
        .unless(
            octets.keyThumbprint().equals(row.keyThumbprint()), "key_thumbprint is not its key's")
        .unless(
            octets.notBefore().equals(Optional.of(row.notBefore())), "not_before is not its own")
        .unless(octets.notAfter().equals(Optional.of(row.notAfter())), "not_after is not its own")
        .text("issuer", row.issuer())
        .text("profile", row.profile())
        .text("contact", row.contact())
        .text("replaces", row.replaces())
        .member("organization", row.organization(), reserved.organization().value())
        .member("requester", row.requester(), reserved.actor())
        .differences();
  }

  /** Whether the entry is about these octets: it has their hash; in the first form, themselves. */
  static boolean isPromised(byte[] tbs, Event reserved) {
    String promised = reserved.facts().getOrDefault("tbs", "");
    return HASH.matcher(promised).matches()
        ? Sha256.hex(tbs).equals(promised)
        : Arrays.equals(tbs, octets(promised));
  }

  /** What cannot be read is no octets: it equals nothing. */
  private static byte[] octets(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException none) {
      return new byte[0];
    }
  }

  private void report(Deed deed, String what) {
    findings.about(deed.place(), FindingKind.CERTIFICATE_DIFFERS, what);
  }
}
