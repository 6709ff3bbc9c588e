package io.chancery.ocsp;

import io.vertx.core.http.HttpHeaders;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.OptionalLong;

/** Times as HTTP writes them (RFC 9110 s5.6.7); the one of this second is written once. */
final class HttpDates {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private volatile Written last = new Written(-1, HttpHeaders.createOptimized(""));

  private record Written(long second, CharSequence text) {}

  static CharSequence text(long second) {
    return HttpHeaders.createOptimized(FORM.format(Instant.ofEpochSecond(second)));
  }

  /** The same, for a second that many ask for one after the other. */
  CharSequence now(long second) {
    Written written = last;
    if (written.second() != second) {
      written = new Written(second, text(second));
      last = written;
    }
    return written.text();
  }

  /** Seconds since 1970; empty for what is no date, which HTTP ignores (RFC 9110 s13.1.3). */
  static OptionalLong parse(String text) {
    try {
      return OptionalLong.of(Instant.from(FORM.parse(text)).getEpochSecond());
    } catch (DateTimeParseException noDate) {
      return OptionalLong.empty();
    }
  }
}
