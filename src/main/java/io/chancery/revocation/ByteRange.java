package io.chancery.revocation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which octets are asked for (RFC 9110 s14.1.2). */
sealed interface ByteRange {
  /** All of them: no range, one in other units, a broken one, or several at once. */
  record Whole() implements ByteRange {}

  /** From the first, so many. */
  record Part(long first, long length) implements ByteRange {
    String text() {
      return "bytes " + first + "-" + (first + length - 1);
    }
  }

  /** None that are there. */
  record None() implements ByteRange {}

  Pattern ONE = Pattern.compile("bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*", Pattern.CASE_INSENSITIVE);

  static ByteRange of(String header, long octets) {
    Matcher one = ONE.matcher(header);
    if (!one.matches() || (one.group(1).isEmpty() && one.group(2).isEmpty())) {
      return new Whole();
    }
    if (one.group(1).isEmpty()) {
      long last = Math.min(Long.parseLong(one.group(2)), octets);
      return last == 0 ? new None() : new Part(octets - last, last);
    }
    long first = Long.parseLong(one.group(1));
    long last = one.group(2).isEmpty() ? octets - 1 : Long.parseLong(one.group(2));
    if (last < first && !one.group(2).isEmpty()) {
      return new Whole();
    }
    return first >= octets ? new None() : new Part(first, Math.min(last, octets - 1) - first + 1);
  }
}
