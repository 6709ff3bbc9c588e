package io.chancery.cli.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Another program's run, bounded in time: what it said, and how it ended. */
record Program(int exit, String output) {
  /** Exit of a program that was ended because its time was up. */
  static final int TIME_UP = -1;

  boolean ok() {
    return exit == 0;
  }

  /** The last line that says something, for a one-line complaint. */
  String lastLine() {
    return output.lines().filter(line -> !line.isBlank()).reduce("", (a, b) -> b).strip();
  }

  /** Runs {@code command} with {@code input} on its standard input. */
  static Program run(List<String> command, Path folder, String input, Duration limit)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("TZ", "UTC");
    Process process = builder.start();
    CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process));
    try (var stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException endedWithoutReading) {
      // What it said instead is in its output.
      input = "";
    }
    return ended(process, output, limit);
  }

  /** The same command run by the first of the ways in {@code launcher}. */
  static List<String> through(List<String> launcher, List<String> command) {
    List<String> whole = new ArrayList<>(launcher);
    whole.addAll(command);
    return whole;
  }

  private static Program ended(Process process, CompletableFuture<String> output, Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        return new Program(TIME_UP, "not done after " + limit.toSeconds() + " s");
      }
      return new Program(process.exitValue(), output.join());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
      return new Program(TIME_UP, "interrupted");
    }
  }

  private static String read(Process process) {
    try {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
