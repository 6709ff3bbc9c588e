package io.chancery.cli.serve;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.x509.handshake.HandshakeAlgorithms;
import io.quarkus.runtime.Application;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The service in this JVM, told by system properties where things are. */
public final class Boot {
  /** Lines of a failed start's message that go to the screen. */
  private static final int LONGEST = 4;

  private Boot() {}

  /**
   * Begins, beside whatever the caller does next, what a start needs that does not depend on where
   * things are. What goes wrong there is found again, and told, by {@link #run}.
   */
  public static void begin() {
    Thread.ofPlatform().daemon().name("service-begin").start(Boot::beginHere);
  }

  private static void beginHere() {
    try {
      // Its static part is Quarkus's STATIC_INIT: the container of beans, the entities, the routes.
      Class.forName(Application.APP_CLASS_NAME);
      HandshakeAlgorithms.everywhere();
      FirstHandshake.hold(InstantSource.system().instant());
    } catch (ClassNotFoundException | LinkageError toldLater) {
      // A class that did not begin is remembered by the JVM with its reason.
    } catch (GeneralSecurityException | IOException | RuntimeException itIsTheFirstClientsThen) {
      return;
    }
  }

  /**
   * Starts, runs {@code application} with {@code arguments}, and returns when it has ended and the
   * service is down. A start that fails is one line here and a whole story in {@code log}.
   */
  public static void run(
      Class<? extends QuarkusApplication> application,
      Map<String, String> properties,
      List<String> arguments,
      Path log) {
    trouble(application, properties, arguments)
        .ifPresent(
            problem -> {
              keep(problem, log);
              throw oneLine(problem, "the whole story is in " + log);
            });
  }

  /** The same where the log is the standard output's. */
  static void run(
      Class<? extends QuarkusApplication> application,
      Map<String, String> properties,
      List<String> arguments) {
    trouble(application, properties, arguments)
        .ifPresent(
            problem -> {
              throw oneLine(problem, "run it with --stack for the whole story");
            });
  }

  private static Optional<Throwable> trouble(
      Class<? extends QuarkusApplication> application,
      Map<String, String> properties,
      List<String> arguments) {
    properties.forEach(System::setProperty);
    List<Throwable> trouble = new ArrayList<>();
    Quarkus.run(
        application,
        (exit, problem) -> Optional.ofNullable(problem).ifPresent(trouble::add),
        arguments.toArray(String[]::new));
    return trouble.stream().findFirst();
  }

  private static PkiException oneLine(Throwable problem, String remedy) {
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
            remedy)
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
