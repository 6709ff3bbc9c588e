package io.chancery.revocation.bulk;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.inventory.mass.Selection;
import io.chancery.x509.RevocationReason;
import io.chancery.x509.Thumbprint;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;

/**
 * What people approve: a text in one form only, so that the same list has the same octets. Each
 * certificate is named by its serial; what is issued later is not on it.
 *
 * @param serials lower-case hex in their order, each once
 */
record ExactList(UUID id, Selection selection, Plan plan, List<String> serials) {
  private static final String FORM = "chancery-bulk-revocation-1";
  private static final String NONE = "none";

  ExactList {
    serials = List.copyOf(serials);
  }

  String text() {
    StringBuilder text = new StringBuilder(FORM).append('\n');
    line(text, "id", id.toString());
    selection.criteria().forEach((name, value) -> line(text, "selection", name + "=" + value));
    line(text, "reason", plan.reason().text());
    line(text, "invalidity-date", time(plan.invalidityDate()));
    line(text, "replace-until", time(plan.grace().map(Plan.Grace::replaceUntil)));
    line(text, "deadline", time(plan.grace().map(Plan.Grace::deadline)));
    line(text, "certificates", String.valueOf(serials.size()));
    text.append('\n');
    serials.forEach(serial -> text.append(serial).append('\n'));
    return text.toString();
  }

  /** The list of a text; {@code Malformed} unless it is exactly what {@link #text} writes. */
  static ExactList parse(String text) {
    ExactList list;
    try {
      list = read(text);
    } catch (NoSuchElementException | IllegalArgumentException | DateTimeException broken) {
      throw malformed();
    }
    if (!list.text().equals(text)) {
      throw malformed();
    }
    return list;
  }

  static Thumbprint hash(String text) {
    return Thumbprint.of(octets(text));
  }

  static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static ExactList read(String text) {
    Iterator<String> lines = text.lines().iterator();
    if (!lines.next().equals(FORM)) {
      throw malformed();
    }
    UUID id = UUID.fromString(value(lines.next(), "id"));
    StringBuilder selection = new StringBuilder();
    String line = lines.next();
    while (line.startsWith("selection: ")) {
      selection.append(value(line, "selection")).append('\n');
      line = lines.next();
    }
    RevocationReason reason = RevocationReason.parse(value(line, "reason"));
    Optional<Instant> invalidity = time(value(lines.next(), "invalidity-date"));
    Optional<Instant> replaceUntil = time(value(lines.next(), "replace-until"));
    Optional<Instant> deadline = time(value(lines.next(), "deadline"));
    value(lines.next(), "certificates");
    lines.next();
    return new ExactList(
        id,
        Selection.parse(selection.toString()),
        new Plan(
            reason,
            invalidity,
            replaceUntil.map(until -> new Plan.Grace(until, deadline.orElseThrow()))),
        text.lines().skip(text.lines().takeWhile(one -> !one.isEmpty()).count() + 1).toList());
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(name).append(": ").append(value).append('\n');
  }

  private static String value(String line, String name) {
    if (!line.startsWith(name + ": ")) {
      throw malformed();
    }
    return line.substring(name.length() + 2);
  }

  private static String time(Optional<Instant> time) {
    return time.map(Instant::toString).orElse(NONE);
  }

  private static Optional<Instant> time(String text) {
    return text.equals(NONE) ? Optional.empty() : Optional.of(Instant.parse(text));
  }

  private static PkiException malformed() {
    return new Failure.Malformed("list of a bulk revocation", "", "is not in its form", FORM)
        .thrown();
  }
}
