package io.chancery.cli.bench;

import java.util.Arrays;

/** Times in fixed memory: 64 steps to each power of two, an error below 1.6 %. */
public final class Histogram {
  private static final int STEPS = 64;
  private static final int STEP_BITS = 6;

  private final long[] counts = new long[STEPS * (Long.SIZE - STEP_BITS)];
  private long total;
  private long largest;

  public void add(long nanos) {
    long value = Math.max(0, nanos);
    counts[slot(value)]++;
    total++;
    largest = Math.max(largest, value);
  }

  public void add(Histogram other) {
    Arrays.setAll(counts, i -> counts[i] + other.counts[i]);
    total += other.total;
    largest = Math.max(largest, other.largest);
  }

  public long total() {
    return total;
  }

  public double maxMillis() {
    return largest / 1e6;
  }

  /** The time that this part of all did not exceed, in milliseconds; nought of nothing. */
  public double millis(double part) {
    long rank = (long) Math.ceil(part * total);
    long seen = 0;
    for (int slot = 0; slot < counts.length; slot++) {
      seen += counts[slot];
      if (seen >= rank && rank > 0) {
        return Math.min(upperEnd(slot), largest) / 1e6;
      }
    }
    return 0;
  }

  private static int slot(long value) {
    if (value < STEPS) {
      return (int) value;
    }
    int shift = Long.SIZE - Long.numberOfLeadingZeros(value) - STEP_BITS - 1;
    return (shift + 1) * STEPS + (int) ((value >>> shift) - STEPS);
  }

  private static long upperEnd(int slot) {
    if (slot < STEPS) {
      return slot;
    }
    int shift = slot / STEPS - 1;
    return ((slot % STEPS + STEPS + 1L) << shift) - 1;
  }
}
