package io.chancery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code ./chancery bench status --short}. */
class BenchStatusIT {
  private static final List<String> LINES =
      List.of(
          "cached-ocsp-to-nginx",
          "fresh-ocsp-to-token",
          "cached-ocsp-p99-while-issuing",
          "crl-cpu-seconds",
          "crl-memory-above-idle",
          "delta-crl-seconds",
          "one-revocation-ms",
          "ocsp-p99-million-to-thousand");

  @Test
  void everyLineIsThereAndPositive() throws Exception {
    try (ShortBench bench = ShortBench.inNewFolder()) {
      ShortBench.Outcome outcome = bench.run("status", LINES);
      assertThat(outcome.said())
          .contains(
              "seeding",
              "generator: processors busy",
              "issuing: 375 certificates of 375 asked for");
    }
  }
}
