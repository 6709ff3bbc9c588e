package io.chancery.revocation;

import io.chancery.HttpDate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** What a client says that it has already (RFC 9110 s13). */
final class Preconditions {
  private Preconditions() {}

  /** Whether it has this very thing: 304. If-None-Match goes before If-Modified-Since. */
  static boolean isKnown(
      Optional<String> ifNoneMatch,
      Optional<String> ifModifiedSince,
      String tag,
      Instant modified) {
    if (ifNoneMatch.isPresent()) {
      // RFC 9110 s13.1.2: weak comparison, a list, or * for anything.
      return Arrays.stream(ifNoneMatch.get().split(","))
          .map(String::strip)
          .map(one -> one.startsWith("W/") ? one.substring(2) : one)
          .anyMatch(one -> one.equals("*") || one.equals(tag));
    }
    return ifModifiedSince
        .flatMap(HttpDate::read)
        .filter(since -> !modified.isAfter(since))
        .isPresent();
  }

  /** Whether a part would fit to the rest: RFC 9110 s13.1.5, by strong comparison. */
  static boolean isSame(Optional<String> ifRange, String tag) {
    // A date is no strong validator here: two CRLs may share a second.
    return ifRange.isEmpty() || ifRange.get().strip().equals(tag);
  }
}
