package io.chancery.audit;

import io.chancery.Quoted;
import io.chancery.Sha256;
import io.chancery.audit.report.FindingKind;
import io.chancery.audit.report.Findings;
import io.chancery.ledger.Event;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/**
 * Whether a row's columns say what its body says. The body is canonical: what the columns must say
 * stands at its beginning and its end, letter by letter, and only a difference is worth parsing.
 */
final class EntryColumns {
  private final Findings findings;
  private final MessageDigest sha256;

  EntryColumns(Findings findings) {
    this.findings = findings;
    this.sha256 = Sha256.digest();
  }

  void check(EntryRow row) {
    if (!Arrays.equals(sha256.digest(row.body()), row.hash())) {
      report(row, "the column hash is not the SHA-256 of the body");
    }
    if (!saysTheSame(row)) {
      row.event(findings).ifPresent(event -> compare(row, event));
    }
  }

  private static boolean saysTheSame(EntryRow row) {
    String head = "{\"actor\":\"" + row.actor() + "\",\"at\":\"" + row.at() + "\",\"facts\":{";
    String tail =
        "\",\"kind\":\""
            + row.kind()
            + "\",\"organization\":\""
            + row.organization()
            + "\",\"subject\":\""
            + row.subject()
            + "\"}";
    byte[] body = row.body();
    byte[] first = head.getBytes(StandardCharsets.UTF_8);
    byte[] last = tail.getBytes(StandardCharsets.UTF_8);
    return isPlain(row.actor())
        && isPlain(row.subject())
        && body.length >= first.length + last.length
        && Arrays.equals(body, 0, first.length, first, 0, first.length)
        && Arrays.equals(body, body.length - last.length, body.length, last, 0, last.length);
  }

  /** RFC 8785 writes these as they are; others are compared after parsing. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  private void compare(EntryRow row, Event event) {
    if (!event.kind().name().equals(row.kind())) {
      report(row, "the column kind says " + Quoted.of(row.kind()) + ", the body " + event.kind());
    }
    if (!event.at().equals(row.at().truncatedTo(ChronoUnit.MICROS))) {
      report(row, "the column at says " + row.at() + ", the body " + event.at());
    }
    compare(row, "actor", row.actor(), event.actor());
    compare(row, "organization", row.organization(), event.organization().value());
    compare(row, "subject", row.subject(), event.subject());
  }

  private void compare(EntryRow row, String column, String found, String body) {
    if (!found.equals(body)) {
      report(
          row,
          "the column " + column + " says " + Quoted.of(found) + ", the body " + Quoted.of(body));
    }
  }

  private void report(EntryRow row, String what) {
    findings.about(row.place(), FindingKind.ENTRY_COLUMNS, what);
  }
}
