package io.chancery.enrolment;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many certificates one owner got of one profile in this period, by this replica. In memory: a
 * row of the database that each of them had to change would let them pass one at a time only.
 */
@Singleton
final class ProfileCount {
  private record Count(Instant since, int number) {}

  private final Map<Client, Count> counts = new ConcurrentHashMap<>();
  private final InstantSource clock;

  @Inject
  ProfileCount(InstantSource clock) {
    this.clock = clock;
  }

  /** Counts one; how many it were where that is once too often, and counting begins anew. */
  OptionalInt add(Client client, BrakeConfig brake) {
    if (brake.pauseProfileAt() <= 0) {
      return OptionalInt.empty();
    }
    Client whole = client.whateverNames();
    Instant now = clock.instant();
    Count count =
        counts.merge(
            whole,
            new Count(now, 1),
            (before, one) ->
                before.since().plus(brake.period()).isAfter(now)
                    ? new Count(before.since(), before.number() + 1)
                    : one);
    if (count.number() <= brake.pauseProfileAt()) {
      return OptionalInt.empty();
    }
    counts.remove(whole);
    return OptionalInt.of(count.number());
  }
}
