package io.chancery.audit;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What an audit says at its end.
 *
 * @param facts what was read and compared, in the order to be told
 * @param notCompared what this audit could not say anything about, and why
 * @param counts how many findings of each kind there are; {@code findings} holds the first of them
 */
public record Report(
    Map<String, String> facts,
    List<String> notCompared,
    List<Finding> findings,
    Map<FindingKind, Long> counts,
    Duration took) {
  public boolean isClean() {
    return counts.isEmpty();
  }

  public long found() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
