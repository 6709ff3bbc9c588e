package io.chancery.access;

import io.chancery.Failure;
import io.chancery.access.rate.TokenBucket;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows whoever shows credentials that are not accepted. A credential is held back only where it
 * comes from the address at which it failed, and never by the name that it claims: nobody can shut
 * another out. What is accepted ends it.
 */
@Singleton
final class LoginBrake {
  /** How many failed one after the other, and when the last one did. */
  private record Failed(int times, Instant last) {}

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int MOST = 20_000;
  private static final int LONGEST_DOUBLING = 6;

  private final Provider<LoginsConfig> config;
  private final InstantSource clock;
  private final Map<String, Failed> credentials = bounded();
  private final Map<String, TokenBucket> addresses = bounded();

  /** The doors are made before the configuration can be read, so it is asked for when needed. */
  @Inject
  LoginBrake(Provider<LoginsConfig> config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
  }

  /** Before the book is asked: {@code TooManyRequests} while this credential has to wait here. */
  synchronized void mustBeFree(Credential credential, String address) {
    Instant now = clock.instant();
    Failed failed = credentials.get(key(credential, address));
    if (failed != null) {
      Instant free = failed.last().plus(wait(failed));
      if (now.isBefore(free)) {
        throw tooMany("this credential", config.get().failuresPerMinute(), untilThen(now, free));
      }
    }
  }

  /** It was not accepted. {@code TooManyRequests} where the address has shown too many such. */
  synchronized void failed(Credential credential, String address) {
    Instant now = clock.instant();
    credentials.merge(
        key(credential, address),
        new Failed(1, now),
        (before, one) ->
            now.isAfter(before.last().plus(wait(before)).plus(MINUTE))
                ? one
                : new Failed(before.times() + 1, now));
    int perMinute = config.get().addressFailuresPerMinute();
    TokenBucket bucket =
        addresses.getOrDefault(address, TokenBucket.full(perMinute, perMinute, now));
    if (!bucket.hasOne(now)) {
      throw tooMany("this address", perMinute, bucket.wait(now));
    }
    addresses.put(address, bucket.withoutOne(now));
  }

  synchronized void accepted(Credential credential, String address) {
    credentials.remove(key(credential, address));
  }

  /** Nothing for the first few, then one second, two, four, up to a minute. */
  private Duration wait(Failed failed) {
    int over = failed.times() - config.get().failuresPerMinute();
    return over < 0
        ? Duration.ZERO
        : Duration.ofSeconds(Math.min(60, 1L << Math.min(over, LONGEST_DOUBLING)));
  }

  private static Duration untilThen(Instant now, Instant free) {
    return Duration.between(now, free).plusMillis(999);
  }

  private static RuntimeException tooMany(String who, int perMinute, Duration wait) {
    return new Failure.TooManyRequests(
            who + " was not accepted too often",
            perMinute + " failed logins a minute",
            wait,
            "look at what is shown, then try again")
        .thrown();
  }

  private static String key(Credential credential, String address) {
    return address + " " + credential.fingerprint();
  }

  private static <T> Map<String, T> bounded() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
        return size() > MOST;
      }
    };
  }
}
