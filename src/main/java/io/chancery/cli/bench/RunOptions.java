package io.chancery.cli.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** What every benchmark can be told, and what becomes of its figures. */
public final class RunOptions {
  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there as well.")
  private Optional<Path> json;

  @Option(
      names = "--short",
      description = "Few certificates and short rounds: whether it runs, not how fast.")
  private boolean brief;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Keep the instances there, and use what an earlier run left.")
  private Optional<Path> kept;

  public boolean isBrief() {
    return brief;
  }

  /** Measures in the folder, and leaves nothing behind where nobody wants to keep it. */
  public void run(PrintWriter out, Function<Path, Report> measure) {
    json.ifPresent(file -> StatusBench.write(file, "")); // better now than after an hour
    Path folder = kept.map(RunOptions::made).orElseGet(StatusBench::temporary);
    try {
      Report report = measure.apply(folder);
      out.print(report.words());
      out.flush();
      json.ifPresent(file -> StatusBench.write(file, report.json()));
    } finally {
      if (kept.isEmpty()) {
        StatusBench.delete(folder);
      }
    }
  }

  private static Path made(Path folder) {
    try {
      return Files.createDirectories(folder.toAbsolutePath().normalize());
    } catch (IOException cannot) {
      throw StatusBench.unusable(folder, cannot);
    }
  }
}
