package io.chancery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A benchmark in its short form: every line of its table is measured. How fast is not judged, nor
 * how many of a crowd are served in time.
 */
final class ShortBench implements AutoCloseable {
  /** For the benchmark and all that it starts: they live too short for the second compiler. */
  private static final Map<String, String> QUICK =
      Map.of("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");

  private final Path folder;

  private ShortBench(Path folder) {
    this.folder = folder;
  }

  static ShortBench inNewFolder() throws Exception {
    return new ShortBench(Files.createTempDirectory(Path.of("target").toAbsolutePath(), "bench-"));
  }

  /** What it has written, and what it said. */
  record Outcome(JsonNode report, String said) {}

  Outcome run(String name, List<String> lines) throws Exception {
    Path json = folder.resolve("bench.json");
    try (Script bench =
        Script.run(
            folder.resolve("bench.log"),
            List.of("bench", name, "--short", "--data=" + folder, "--json=" + json),
            QUICK)) {
      assertThat(bench.exit()).as(bench.said()).isZero();
      JsonNode report = new ObjectMapper().readTree(json.toFile());
      String said = bench.said();
      assertThat(report.get("lines").findValuesAsText("name"))
          .containsExactlyInAnyOrderElementsOf(lines);
      report.get("lines").forEach(line -> assertIsMeasured(line, said));
      Script.delete(folder);
      return new Outcome(report, said);
    }
  }

  private static void assertIsMeasured(JsonNode line, String said) {
    double least = line.get("name").asText().startsWith("crowd") ? 0 : Double.MIN_VALUE;
    assertThat(line.get("value").asDouble()).as(line.toString()).isGreaterThanOrEqualTo(least);
    assertThat(said).contains(line.get("what").asText());
  }

  /** Only after a failure there is anything to end; the folder tells them from all others. */
  @Override
  public void close() {
    ProcessHandle.allProcesses()
        .filter(one -> one.info().commandLine().orElse("").contains(folder.toString()))
        .forEach(ProcessHandle::destroyForcibly);
  }
}
