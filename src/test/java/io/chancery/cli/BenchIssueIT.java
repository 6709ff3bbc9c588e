package io.chancery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The benchmark in its short form: every line of the table is measured. How fast is not judged, nor
 * how many of a crowd are served in time.
 */
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

  private Path folder;

  @BeforeEach
  void newFolder() throws Exception {
    folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "bench-issue-");
  }

  /** Only after a failure there is anything to end; the folder tells them from all others. */
  @AfterEach
  void endWhatIsLeft() {
    ProcessHandle.allProcesses()
        .filter(one -> one.info().commandLine().orElse("").contains(folder.toString()))
        .forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void everyLineIsThereAndPositive() throws Exception {
    Path json = folder.resolve("bench.json");
    try (Script bench =
        Script.run(
            folder.resolve("bench.log"),
            List.of("bench", "issue", "--short", "--data=" + folder, "--json=" + json))) {
      assertThat(bench.exit()).as(bench.said()).isZero();
      JsonNode report = new ObjectMapper().readTree(json.toFile());
      JsonNode lines = report.get("lines");
      assertThat(lines.findValuesAsText("name")).containsExactlyInAnyOrderElementsOf(LINES);
      for (JsonNode line : lines) {
        double least = line.get("name").asText().startsWith("crowd") ? 0 : Double.MIN_VALUE;
        assertThat(line.get("value").asDouble()).as(line.toString()).isGreaterThanOrEqualTo(least);
        assertThat(bench.said()).contains(line.get("what").asText());
      }
      assertThat(report.get("facts").has("TLS handshake, mutual: application CPU, ms")).isTrue();
      assertThat(report.get("facts").has("RSA-3072 issuer: certificates/s")).isTrue();
    }
    Script.delete(folder);
  }
}
