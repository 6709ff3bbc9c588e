package io.chancery.visibility;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * One process that serves.
 *
 * @param fromTransaction what older transactions have changed it has known from its start
 * @param silent how long ago its last beat was, by the database's clock
 * @param behind how long ago everything that had committed was known there
 * @param jobs by when each of its jobs should have run well again
 */
public record Replica(
    String id,
    String name,
    String role,
    Instant startedAt,
    long fromTransaction,
    Duration silent,
    Duration behind,
    Map<String, Instant> jobs) {
  /** Changes that one should have applied long ago. */
  public record Missing(String id, String name, long changes, Instant oldest) {}

  /** Nobody waits for one that is silent for so long. */
  public static final Duration GONE = Duration.ofSeconds(10);

  public Replica {
    jobs = Map.copyOf(jobs);
  }

  public boolean isLive() {
    return silent.compareTo(GONE) < 0;
  }

  public Channel.Ocsp channel() {
    return new Channel.Ocsp(id);
  }
}
