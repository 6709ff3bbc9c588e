package io.chancery.cli.bench;

import io.chancery.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A part of a benchmark that runs as {@code chancery bench} in a process of its own. */
final class Part {
  private Part() {}

  /**
   * Runs it to its end; what it prints is printed, and what it has measured is taken into the
   * report.
   *
   * @param words behind {@code chancery bench}
   * @param json where it writes its figures
   */
  static void run(PrintWriter out, List<String> words, Path json, Report report) {
    List<String> command = new ArrayList<>(Child.java());
    command.addAll(List.of("-jar", Child.jar(), "bench"));
    command.addAll(words);
    command.add("--json=" + json);
    String name = "chancery bench " + String.join(" ", words);
    try {
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
      if (exit != 0) {
        throw failed(name, "ended with " + exit).thrown();
      }
      report.take(Files.readString(json));
    } catch (IOException cannot) {
      throw failed(name, "cannot be run: " + cannot).because(cannot);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private static void print(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }

  private static Failure failed(String name, String what) {
    return new Failure.Misconfigured(name, what, "see above; keep its folder with --data");
  }
}
