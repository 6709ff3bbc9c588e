package io.chancery.hsm.crew;

import java.time.Duration;
import java.util.Map;

/**
 * How a {@link Crew} works.
 *
 * @param sessions threads
 * @param queues how much of each share may wait
 * @param patience how long a caller waits
 * @param usual the limit of calls that are no special work, such as the making of a key
 * @param mostHung threads that may be written off before nobody takes their places
 */
public record Terms(
    String name,
    int sessions,
    Map<Share, Integer> queues,
    Duration patience,
    Duration usual,
    int mostHung) {
  public Terms {
    queues = Map.copyOf(queues);
  }
}
