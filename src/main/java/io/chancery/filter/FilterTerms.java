package io.chancery.filter;

import io.chancery.Failure;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.DurationConverter;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** The operator's words about filters, once they make sense. */
@Singleton
final class FilterTerms {
  private final Optional<Duration> every;
  private final Duration lifetime;
  private final Duration margin;

  @Inject
  FilterTerms(FilterConfig config) {
    this.every = every(config.every());
    this.lifetime = config.lifetime();
    this.margin = config.margin();
    if (margin.isNegative()) {
      throw wrong("margin", "is less than nothing");
    }
    every
        .filter(age -> age.compareTo(Duration.ofSeconds(1)) < 0 || age.compareTo(lifetime) >= 0)
        .ifPresent(
            age -> {
              throw wrong("every", "must be at least 1s and shorter than chancery.filter.lifetime");
            });
  }

  /** Makes this exist at start, so that words without sense refuse it. */
  void look(@Observes StartupEvent event) {}

  /** Empty where none are made. */
  Optional<Duration> every() {
    return every;
  }

  Duration lifetime() {
    return lifetime;
  }

  Duration margin() {
    return margin;
  }

  private static Optional<Duration> every(String text) {
    if (text.strip().equals("off")) {
      return Optional.empty();
    }
    try {
      Optional<Duration> read = Optional.ofNullable(DurationConverter.parseDuration(text.strip()));
      return Optional.of(read.orElseThrow(() -> wrong("every", "is empty")));
    } catch (IllegalArgumentException none) {
      throw wrong("every", "is neither a duration nor off");
    }
  }

  private static RuntimeException wrong(String setting, String reason) {
    return new Failure.Misconfigured(
            "chancery.filter." + setting, reason, "see docs/configuration.md")
        .thrown();
  }
}
