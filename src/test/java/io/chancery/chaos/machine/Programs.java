package io.chancery.chaos.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Small programs of the system, run to their end. */
final class Programs {
  private Programs() {}

  static boolean isThere(String name) {
    return Stream.of("/usr/bin", "/bin", "/usr/sbin", "/sbin")
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }

  static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** What it says; it must end with 0. */
  static String run(String... command) {
    return attempt(command)
        .orElseThrow(() -> new IllegalStateException(List.of(command) + " did not end well"));
  }

  /** The same, empty where it ended with something else. */
  static Optional<String> attempt(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      return process.exitValue() == 0 ? Optional.of(said) : Optional.empty();
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }
}
