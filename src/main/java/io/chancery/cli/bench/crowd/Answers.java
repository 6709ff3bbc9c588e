package io.chancery.cli.bench.crowd;

import java.util.Arrays;

/**
 * What came of asking. Times count from when a request was due, not from when it could be sent, and
 * those of failed ones are among them.
 *
 * @param failure what the first failed one was told; empty when none failed
 */
public record Answers(
    long good, long failed, double seconds, double cpuSeconds, Times times, String failure) {
  /** Sorted nanoseconds. */
  public static final class Times {
    private final long[] sorted;

    Times(long[] nanos) {
      this.sorted = nanos.clone();
      Arrays.sort(sorted);
    }

    /** What this part of all did not exceed; nought of nothing. */
    public double millis(double part) {
      int rank = (int) Math.ceil(part * sorted.length);
      return rank == 0 ? 0 : sorted[rank - 1] / 1e6;
    }

    public double maxMillis() {
      return millis(1);
    }

    /** How many took at most so long. */
    public long within(double millis) {
      return Arrays.stream(sorted).filter(one -> one <= millis * 1e6).count();
    }
  }

  public double perSecond() {
    return good / seconds;
  }

  /** Of the one who asked. */
  public double cpuMillisEach() {
    return good == 0 ? 0 : 1e3 * cpuSeconds / good;
  }
}
