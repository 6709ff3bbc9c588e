package io.chancery.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chancery.cli.local.DataDirectory;
import io.chancery.cli.local.DatabaseAccess;
import io.chancery.cli.local.Postgres;
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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** An instance of {@code chancery up}: the packaged service in its JVM, and its PostgreSQL. */
public final class Victim implements AutoCloseable {
  public static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final String UP = "Ctrl-C stops everything.";

  private final Path folder;
  private final List<String> more;
  private final Map<String, String> environment;
  private final List<Integer> ports = freePorts();
  private int starts;
  private Optional<Process> service = Optional.empty();

  public Victim(Path folder) {
    this(folder, List.of(), Map.of());
  }

  /** With more options for its JVM, and variables that it finds. */
  public Victim(Path folder, List<String> more, Map<String, String> environment) {
    this.folder = folder;
    this.more = List.copyOf(more);
    this.environment = Map.copyOf(environment);
  }

  int httpPort() {
    return ports.get(0);
  }

  /** The service's process. */
  public ProcessHandle process() {
    return service.orElseThrow().toHandle();
  }

  public boolean isAlive() {
    return service.orElseThrow().isAlive();
  }

  /** The address for monitoring. */
  public String management() {
    return "http://127.0.0.1:" + ports.get(2);
  }

  public DataDirectory data() {
    return new DataDirectory(folder.resolve("data"));
  }

  public String http() {
    return "http://127.0.0.1:" + ports.get(0);
  }

  public String https() {
    return "https://localhost:" + ports.get(1);
  }

  /** Starts the service, which starts its PostgreSQL where none runs. Does not wait for it. */
  public void start() {
    service = Optional.of(launch("up-" + ++starts + ".log", upArguments()));
  }

  /** Until the service says that it is up. */
  public void awaitUp() {
    await("up")
        .atMost(PATIENCE)
        .until(() -> said().contains(UP) || !service.orElseThrow().isAlive());
    mustRun();
  }

  /** Until the service says that it serves what it knows and signs nothing. */
  public void awaitInDoubt() {
    await("up, and in doubt")
        .atMost(PATIENCE)
        .until(() -> said().contains("signs nothing") || !service.orElseThrow().isAlive());
    assertThat(service.orElseThrow().isAlive()).as("runs; it said: %s", said()).isTrue();
  }

  /** Nobody but this test ends the service, and no kill puts its roll in doubt. */
  public void mustRun() {
    assertThat(service.orElseThrow().isAlive()).as("runs; it said: %s", said()).isTrue();
    assertThat(said())
        .as("what the service says")
        .doesNotContain("Chancery is up and signs nothing");
  }

  public void strike(Blow blow, RandomGenerator random) {
    switch (blow) {
      case SERVICE -> killService();
      case POSTMASTER -> database().killPostmaster();
      case DATABASE -> database().kill();
      case BACKEND -> database().killOneBackend(random);
      case EVERYTHING -> {
        List<ProcessHandle> processes = database().processes();
        service.orElseThrow().destroyForcibly();
        processes.forEach(ProcessHandle::destroyForcibly);
        killService();
      }
    }
  }

  /** Puts back what nothing else does: the service finds its database where it was. */
  public void repair(Blow blow) {
    switch (blow) {
      case SERVICE, EVERYTHING -> start();
      case POSTMASTER, DATABASE -> database().start();
      case BACKEND -> {
        // PostgreSQL recovers by itself.
      }
    }
  }

  /** The database as whoever owns it sees it. */
  public DatabaseAccess access() {
    return Postgres.start(data(), step -> {}).access();
  }

  /** What a command on the same data directory says; it must end with 0. */
  public String command(String name, String... more) {
    List<String> arguments = new ArrayList<>(List.of(name, "--data=" + data().root()));
    arguments.addAll(List.of(more));
    Process process = launch(name + ".log", arguments);
    awaitEnd(process);
    assertThat(process.exitValue()).as("exit code; it said: %s", read(name + ".log")).isZero();
    return read(name + ".log");
  }

  /** A command that must end with 1, and says why. */
  public String refuses(String name, String... more) {
    List<String> arguments = new ArrayList<>(List.of(name, "--data=" + data().root()));
    arguments.addAll(List.of(more));
    Process process = launch(name + "-refused.log", arguments);
    awaitEnd(process);
    assertThat(process.exitValue()).as(read(name + "-refused.log")).isEqualTo(1);
    return read(name + "-refused.log");
  }

  /** An orderly stop of both, which leaves nothing running. */
  public void stop() {
    service.orElseThrow().destroy();
    awaitEnd(service.orElseThrow());
    assertThat(service.orElseThrow().exitValue()).as("it said: %s", said()).isZero();
    assertThat(ours()).as("processes that were left").isEmpty();
  }

  /** After a failure: nothing is left running. */
  @Override
  public void close() {
    List<ProcessHandle> processes = database().processes();
    ours().forEach(ProcessHandle::destroyForcibly);
    processes.forEach(ProcessHandle::destroyForcibly);
  }

  /** Deletes everything, once it is stopped. */
  public void forget() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    }
  }

  private Database database() {
    return new Database(data());
  }

  private void killService() {
    awaitEnd(service.orElseThrow().destroyForcibly());
  }

  private List<ProcessHandle> ours() {
    return ProcessHandle.allProcesses()
        .filter(one -> one.info().commandLine().orElse("").contains(folder.toString()))
        .toList();
  }

  private List<String> upArguments() {
    return List.of(
        "up",
        "--data=" + data().root(),
        "--http-port=" + ports.get(0),
        "--https-port=" + ports.get(1),
        "--management-port=" + ports.get(2));
  }

  private Process launch(String log, List<String> arguments) {
    try {
      ProcessBuilder builder = new ProcessBuilder(Packaged.command(more, arguments));
      builder.environment().putAll(environment);
      return builder
          .redirectErrorStream(true)
          .redirectOutput(folder.resolve(log).toFile())
          .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
          .start();
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  private String said() {
    return read("up-" + starts + ".log");
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  /** Until the service's process is no more. */
  public void awaitEnd() {
    awaitEnd(service.orElseThrow());
  }

  private static void awaitEnd(Process process) {
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("ended").isTrue();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  /** Below the ephemeral range, where no outgoing connection can sit on them. */
  static List<Integer> freePorts() {
    Set<Integer> ports = new LinkedHashSet<>();
    while (ports.size() < 3) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
        ports.add(socket.getLocalPort());
      } catch (IOException taken) {
        continue;
      }
    }
    return List.copyOf(ports);
  }
}
