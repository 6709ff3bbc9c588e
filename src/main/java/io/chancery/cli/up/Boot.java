package io.chancery.cli.up;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The service in this JVM, told by system properties where things are. */
final class Boot {
  /** Lines of a failed start's message that go to the screen. */
  private static final int LONGEST = 4;

  private Boot() {}

  /**
   * Starts, says {@code banner}, and returns when the service was stopped and is down. A start that
   * fails is one line here and a whole story in {@code log}.
   */
  static void run(Map<String, String> properties, List<String> banner, Path log) {
    properties.forEach(System::setProperty);
    List<Throwable> trouble = new ArrayList<>();
    Quarkus.run(
        Announcement.class,
        (exit, problem) -> Optional.ofNullable(problem).ifPresent(trouble::add),
        banner.toArray(String[]::new));
    for (Throwable problem : trouble) {
      keep(problem, log);
      throw oneLine(problem, log);
    }
  }

  private static PkiException oneLine(Throwable problem, Path log) {
    Throwable root = problem;
    for (Throwable at = problem; at != null; at = at.getCause()) {
      if (at instanceof PkiException known) {
        return known;
      }
      root = at;
    }
    String message =
        String.valueOf(root.getMessage())
            .lines()
            .map(String::strip)
            .limit(LONGEST)
            .collect(Collectors.joining(" "));
    return new Failure.Misconfigured(
            "the service",
            "did not start: " + root.getClass().getSimpleName() + ": " + message,
            "the whole story is in " + log)
        .because(problem);
  }

  private static void keep(Throwable problem, Path log) {
    StringWriter story = new StringWriter();
    problem.printStackTrace(new PrintWriter(story, true));
    try {
      Files.writeString(
          log, story.toString(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException cannot) {
      problem.addSuppressed(cannot);
    }
  }
}
