package io.chancery.revocation;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** What could not be signed is tried again soon, and then less and less often. */
final class CrlPatience {
  private static final long FIRST = Duration.ofMillis(500).toNanos();
  private static final int DOUBLINGS = 4;

  private final LongSupplier nanos;
  private final Map<CrlSlot, Wait> waits = new ConcurrentHashMap<>();

  /** Until when, and how often it has failed. */
  private record Wait(long until, int failures) {}

  CrlPatience(LongSupplier nanos) {
    this.nanos = nanos;
  }

  boolean isDue(CrlSlot slot) {
    Wait wait = waits.get(slot);
    return wait == null || nanos.getAsLong() - wait.until() >= 0;
  }

  /** Half a second at first, eight at most: what comes back is used within that time. */
  void failed(CrlSlot slot) {
    waits.compute(
        slot,
        (any, before) -> {
          int failures = before == null ? 0 : Math.min(before.failures() + 1, DOUBLINGS);
          return new Wait(nanos.getAsLong() + (FIRST << failures), failures);
        });
  }

  void wentWell(CrlSlot slot) {
    waits.remove(slot);
  }
}
