package io.chancery.api;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The preference {@code wait} of RFC 7240 s4.3: how many seconds an answer may take. */
final class Preferences {
  private static final Pattern WAIT = Pattern.compile("(?:^|[,;\\s])wait\\s*=\\s*\"?([0-9]{1,4})");
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private Preferences() {}

  /** Empty where it is not asked for; a wish for longer is cut to what is done. */
  static Optional<Duration> waiting(@Nullable String prefer) {
    return Optional.ofNullable(prefer)
        .map(WAIT::matcher)
        .filter(Matcher::find)
        .map(found -> Duration.ofSeconds(Long.parseLong(found.group(1))))
        .map(asked -> asked.compareTo(LONGEST) > 0 ? LONGEST : asked);
  }
}
