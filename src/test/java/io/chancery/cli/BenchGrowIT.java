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

/** The benchmark in its short form: every line of the table is measured. How fast is not judged. */
class BenchGrowIT {
  private static final List<String> LINES =
      List.of(
          "issuing-full-to-empty",
          "search-name-or-owner-p95-ms",
          "search-own-p95-ms",
          "search-other-p95-ms");

  private Path folder;

  @BeforeEach
  void newFolder() throws Exception {
    folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "bench-");
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
            List.of("bench", "grow", "--short", "--data=" + folder, "--json=" + json))) {
      assertThat(bench.exit()).as(bench.said()).isZero();
      JsonNode lines = new ObjectMapper().readTree(json.toFile()).get("lines");
      assertThat(lines.findValuesAsText("name")).containsExactlyInAnyOrderElementsOf(LINES);
      for (JsonNode line : lines) {
        assertThat(line.get("value").asDouble()).as(line.toString()).isPositive();
        assertThat(bench.said()).contains(line.get("what").asText());
      }
      assertThat(bench.said()).contains("seeding", "its indexes, octets a row");
    }
    Script.delete(folder);
  }
}
