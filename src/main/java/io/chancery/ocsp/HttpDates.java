package io.chancery.ocsp;

import io.chancery.HttpDate;
import io.vertx.core.http.HttpHeaders;
import java.time.Instant;

/** Dates of answers, many a second: the one of this second is written once. */
final class HttpDates {
  private volatile Written last = new Written(-1, HttpHeaders.createOptimized(""));

  private record Written(long second, CharSequence text) {}

  static CharSequence text(long second) {
    return HttpHeaders.createOptimized(HttpDate.text(Instant.ofEpochSecond(second)));
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
}
