package io.chancery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The script {@code ./chancery} of this checkout, run as a person runs it. */
final class Script implements AutoCloseable {
  /** Generous: the machine may be busy with anything else. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Process process;
  private final Path log;

  private Script(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts it in the background; what it says goes to {@code log}. */
  static Script start(Path log, List<String> arguments) {
    return start(log, arguments, Map.of());
  }

  /** With more in its environment. Only the test of the start cache has one made. */
  static Script start(Path log, List<String> arguments, Map<String, String> environment) {
    List<String> command = new ArrayList<>();
    command.add(Path.of("chancery").toAbsolutePath().toString());
    command.addAll(arguments);
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      builder.environment().put("CHANCERY_START_CACHE", "off");
      builder.environment().putAll(environment);
      return new Script(builder.start(), log);
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  /** Runs it to its end. */
  static Script run(Path log, List<String> arguments) {
    return run(log, arguments, Map.of());
  }

  static Script run(Path log, List<String> arguments, Map<String, String> environment) {
    Script script = start(log, arguments, environment);
    script.awaitEnd();
    return script;
  }

  /** The exit code, after the end. */
  int exit() {
    return process.exitValue();
  }

  boolean running() {
    return process.isAlive();
  }

  /** With what options the script became the JVM. */
  List<String> arguments() {
    return List.of(process.info().arguments().orElseThrow());
  }

  String said() {
    try {
      return Files.readString(log);
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  /** What Ctrl-C or a service manager do. */
  Script terminate() {
    process.destroy();
    return awaitEnd();
  }

  private Script awaitEnd() {
    try {
      boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(ended).as("ended in time; it said: %s", said()).isTrue();
      return this;
    } catch (InterruptedException stopped) {
      close();
      throw new IllegalStateException(stopped);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  /** Three ports of its own, as options of {@code up}. */
  static List<String> portOptions() {
    Set<Integer> ports = new LinkedHashSet<>();
    while (ports.size() < 3) {
      ports.add(freePort());
    }
    List<Integer> chosen = List.copyOf(ports);
    return List.of(
        "--http-port=" + chosen.get(0),
        "--https-port=" + chosen.get(1),
        "--management-port=" + chosen.get(2));
  }

  /** Below the ephemeral range, where no outgoing connection can sit on it. */
  private static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        continue;
      }
    }
  }
}
