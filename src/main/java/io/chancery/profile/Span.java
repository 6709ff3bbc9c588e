package io.chancery.profile;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as operators write and read them: {@code 90d}, {@code 24h}, {@code 5m}. */
final class Span {
  /** Far beyond any certificate, and far from any overflow. */
  private static final Duration LONGEST = Duration.ofDays(100 * 366);

  private static final Pattern PLAIN = Pattern.compile("([0-9]{1,9})([wdhms])");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "w", Duration.ofDays(7),
          "d", Duration.ofDays(1),
          "h", Duration.ofHours(1),
          "m", Duration.ofMinutes(1),
          "s", Duration.ofSeconds(1));

  private Span() {}

  /** Reads {@code 90d} or ISO 8601's {@code P90D}; empty where the text is no length in seconds. */
  static Optional<Duration> parse(String text) {
    return plain(text)
        .or(() -> iso(text))
        .filter(length -> !length.isNegative() && length.toNanosPart() == 0)
        .filter(length -> length.compareTo(LONGEST) <= 0);
  }

  /** The shortest plain form: {@code 90d}, {@code 36h}. */
  static String text(Duration length) {
    long seconds = length.toSeconds();
    if (seconds != 0 && seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds != 0 && seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return seconds != 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  private static Optional<Duration> plain(String text) {
    Matcher matcher = PLAIN.matcher(text);
    return matcher.matches()
        ? Optional.ofNullable(UNITS.get(matcher.group(2)))
            .map(unit -> unit.multipliedBy(Long.parseLong(matcher.group(1))))
        : Optional.empty();
  }

  private static Optional<Duration> iso(String text) {
    try {
      return Optional.of(Duration.parse(text));
    } catch (DateTimeParseException notIso) {
      return Optional.empty();
    }
  }
}
