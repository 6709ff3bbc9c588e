package io.chancery.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class HistogramTest {
  @Test
  void percentilesAreThoseOfTheSortedList() {
    Random random = new Random(4);
    long[] all = new long[100_000];
    Histogram histogram = new Histogram();
    for (int i = 0; i < all.length; i++) {
      all[i] = (long) Math.exp(random.nextDouble() * 22);
      histogram.add(all[i]);
    }
    Arrays.sort(all);
    for (double part : new double[] {0.01, 0.5, 0.9, 0.99, 0.999, 1}) {
      double exact = all[(int) Math.ceil(part * all.length) - 1] / 1e6;
      assertThat(histogram.millis(part))
          .as("%s", part)
          .isCloseTo(exact, Percentage.withPercentage(1.7));
    }
    assertThat(histogram.maxMillis()).isEqualTo(all[all.length - 1] / 1e6);
    assertThat(histogram.total()).isEqualTo(all.length);
  }

  @Test
  void nothingAndExtremes() {
    Histogram histogram = new Histogram();
    assertThat(histogram.millis(0.99)).isZero();
    histogram.add(-5);
    assertThat(histogram.millis(1)).isZero();
    histogram.add(Long.MAX_VALUE);
    assertThat(histogram.millis(1)).isCloseTo(Long.MAX_VALUE / 1e6, within(1.0));
  }

  @Test
  void twoBecomeOne() {
    Histogram one = new Histogram();
    Histogram other = new Histogram();
    one.add(1_000_000);
    other.add(9_000_000);
    one.add(other);
    assertThat(one.total()).isEqualTo(2);
    assertThat(one.millis(0.5)).isCloseTo(1, within(0.02));
    assertThat(one.millis(0.99)).isEqualTo(9);
  }
}
