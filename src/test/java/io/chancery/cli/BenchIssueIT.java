package io.chancery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code ./chancery bench issue --short}. */
class BenchIssueIT {
  private static final List<String> LINES =
      List.of(
          "issue-cpu-ms",
          "issue-to-token",
          "issue-to-commits",
          "rsa-issue-to-token",
          "issue-p99-half",
          "crowd-token",
          "crowd-renewal",
          "memory-idle",
          "memory-loaded");

  @Test
  void everyLineIsThereAndPositive() throws Exception {
    try (ShortBench bench = ShortBench.inNewFolder()) {
      ShortBench.Outcome outcome = bench.run("issue", LINES);
      JsonNode facts = outcome.report().get("facts");
      assertThat(facts.has("TLS handshake, mutual: application CPU, ms")).isTrue();
      assertThat(facts.has("RSA-3072 issuer: certificates/s")).isTrue();
    }
  }
}
