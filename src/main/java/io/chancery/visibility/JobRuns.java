package io.chancery.visibility;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** By when each timer of this process should have run to its end again. */
@Singleton
final class JobRuns {
  private final Map<String, Instant> due = new ConcurrentSkipListMap<>();

  /** It has run to its end, and comes again at this time. */
  void done(String job, Instant next) {
    due.put(job, next);
  }

  /** It will run for the first time at this time, if it has not done so before. */
  void expected(String job, Instant first) {
    due.putIfAbsent(job, first);
  }

  Map<String, Instant> due() {
    return Map.copyOf(due);
  }
}
