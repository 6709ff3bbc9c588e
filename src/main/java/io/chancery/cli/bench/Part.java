package io.chancery.cli.bench;

import io.chancery.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A part of a benchmark that runs as {@code chancery bench} in a process of its own. */
final class Part {
  private Part() {}

  /**
   * Runs it to its end, and prints what it prints. Returns the figures that it has measured; empty
   * where it has failed and said why.
   *
   * @param words behind {@code chancery bench}
   * @param json where it writes its figures
   */
  static Optional<String> run(PrintWriter out, List<String> words, Path json) {
    List<String> command = new ArrayList<>(Child.java());
    command.addAll(List.of("-jar", Child.jar(), "bench"));
    command.addAll(words);
    command.add("--json=" + json);
    try {
      Files.createDirectories(json.toAbsolutePath().getParent());
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(Path.of("/dev/null").toFile())
              .start();
      Thread onSignal = new Thread(process::destroy);
      Runtime.getRuntime().addShutdownHook(onSignal);
      try (BufferedReader said = process.inputReader()) {
        said.lines().forEach(line -> print(out, line));
      }
      int exit = process.waitFor();
      Runtime.getRuntime().removeShutdownHook(onSignal);
      return exit == 0 ? Optional.of(Files.readString(json)) : Optional.empty();
    } catch (IOException cannot) {
      throw new Failure.Misconfigured(
              "chancery bench " + String.join(" ", words),
              "cannot be run: " + cannot,
              "look at the space and the permissions of its folder")
          .because(cannot);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private static void print(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
