package io.chancery.access.rate;

import io.chancery.Caller;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How fast an address, a caller and an organization may ask, whatever they ask for. Each replica
 * counts for itself, in memory that is bounded: where there are more than fit, the one that has
 * asked nothing for longest is forgotten, and begins anew.
 */
@Singleton
public final class Rates {
  private final Provider<RatesConfig> config;
  private final InstantSource clock;
  private volatile @Nullable RatesConfig known;
  private final Map<String, TokenBucket> addresses = bounded();
  private final Map<String, TokenBucket> callers = bounded();
  private final Map<String, TokenBucket> organizations = bounded();

  /** The doors are made before the configuration can be read, so it is asked for when needed. */
  @Inject
  Rates(Provider<RatesConfig> config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
  }

  /** Takes one of the address's; empty where there is no limit. */
  public Optional<Rate> take(String address) {
    return take(addresses, Rate.Kind.ADDRESS, address, config().addressPerMinute());
  }

  /** Takes one of the caller's. */
  public Optional<Rate> takeOfCaller(Caller caller) {
    return take(callers, Rate.Kind.CALLER, caller.name(), config().callerPerMinute());
  }

  /** Takes one of the caller's organization's. */
  public Optional<Rate> takeOfOrganization(Caller caller) {
    return take(
        organizations,
        Rate.Kind.ORGANIZATION,
        caller.organization().value(),
        config().organizationPerMinute());
  }

  /** It does not change; of two that ask for it first, both may. */
  private RatesConfig config() {
    RatesConfig found = known;
    if (found == null) {
      found = config.get();
      known = found;
    }
    return found;
  }

  private Optional<Rate> take(
      Map<String, TokenBucket> buckets, Rate.Kind kind, String who, int perMinute) {
    if (perMinute <= 0) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    // Decided inside, so that of two at once only one gets the last.
    synchronized (buckets) {
      TokenBucket before = buckets.getOrDefault(who, TokenBucket.full(perMinute, perMinute, now));
      if (!before.hasOne(now)) {
        return Optional.of(rate(kind, perMinute, before, now, Optional.of(before.wait(now))));
      }
      TokenBucket after = before.withoutOne(now);
      buckets.put(who, after);
      return Optional.of(rate(kind, perMinute, after, now, Optional.empty()));
    }
  }

  private static Rate rate(
      Rate.Kind kind, int perMinute, TokenBucket bucket, Instant now, Optional<Duration> wait) {
    return new Rate(kind, perMinute, bucket.left(now), bucket.untilFull(now), wait);
  }

  private Map<String, TokenBucket> bounded() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, TokenBucket> eldest) {
        return size() > Math.max(1, config().counted());
      }
    };
  }
}
