package io.chancery.audit.report;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;

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

  /** The first entry that is not what was signed; where all are, the first that is told of. */
  public OptionalLong firstLeaf() {
    OptionalLong entry = first(FindingKind::isOfRoll);
    return entry.isPresent() ? entry : first(any -> true);
  }

  private OptionalLong first(Predicate<FindingKind> which) {
    return findings.stream()
        .filter(one -> which.test(one.kind()))
        .flatMapToLong(one -> one.leaf().stream())
        .min();
  }

  public long found() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
