package io.chancery.kill;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The packaged service as a command line: a quick start, and jobs that are due within a test. */
final class Packaged {
  private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();

  private static final List<String> JVM =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-Xshare:auto",
          "-Xmx512m",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-Dchancery.tidy.every=1s",
          "-Dchancery.tidy.after=3s");

  private Packaged() {}

  /** As it is given to the system; {@code more} are options for its JVM. */
  static List<String> command(List<String> more, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    command.addAll(more);
    command.addAll(List.of("-jar", JAR.toString()));
    command.addAll(arguments);
    return command;
  }
}
