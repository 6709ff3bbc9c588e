package io.chancery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code ./chancery bench grow --short}. */
class BenchGrowIT {
  private static final List<String> LINES =
      List.of(
          "issuing-full-to-empty",
          "search-name-or-owner-p95-ms",
          "search-own-p95-ms",
          "search-other-p95-ms");

  @Test
  void everyLineIsThereAndPositive() throws Exception {
    try (ShortBench bench = ShortBench.inNewFolder()) {
      ShortBench.Outcome outcome = bench.run("grow", LINES);
      assertThat(outcome.said()).contains("seeding", "its indexes, octets a row");
    }
  }
}
