package io.chancery.cli.bench;

import io.chancery.Failure;
import io.chancery.cli.local.Addresses;
import io.chancery.cli.local.DataDirectory;
import io.chancery.cli.local.Ports;
import io.chancery.cli.local.Postgres;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code chancery up} as a process of its own, with ports of its own, until it is closed. */
public final class Child implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(10);
  private static final Duration STOP = Duration.ofMinutes(2);

  /** As the script chancery starts it. */
  private static final List<String> JVM =
      List.of(
          "-Xms64m",
          "-Xmx768m",
          "-Xmn40m",
          "-XX:SurvivorRatio=3",
          "-XX:TargetSurvivorRatio=90",
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-XX:TrimNativeHeapInterval=10000",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  /** A service that uses less of a processor than this does nothing that matters. */
  private static final double AT_REST = 0.12;

  private static final long LOOK_MILLIS = 1_000;

  private static final String READY = "Ctrl-C stops everything.";

  private final Process process;
  private final DataDirectory data;
  private final Addresses addresses;
  private final double startSeconds;

  private Child(Process process, DataDirectory data, Addresses addresses, double startSeconds) {
    this.process = process;
    this.data = data;
    this.addresses = addresses;
    this.startSeconds = startSeconds;
  }

  /**
   * @param settings configuration beside that of an ordinary start
   */
  static Child start(Path folder, Map<String, String> settings) {
    SecureRandom random = new SecureRandom();
    int http = Ports.anyFree(random);
    int https = otherThan(random, http, http);
    int management = otherThan(random, http, https);
    List<String> command = new ArrayList<>();
    command.addAll(java());
    settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.addAll(List.of("-jar", jar(), "up", "--data", folder.toString()));
    command.add("--http-port=" + http);
    command.add("--https-port=" + https);
    command.add("--management-port=" + management);
    Path log = folder.resolveSibling("up.log");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .redirectInput(Path.of("/dev/null").toFile())
              .start();
      Thread onSignal = new Thread(process::destroy);
      Runtime.getRuntime().addShutdownHook(onSignal);
      double seconds =
          Patience.until(
              "chancery up (its log is " + log + ")",
              START,
              () -> text(log).contains(READY),
              () -> !process.isAlive());
      return new Child(
          process, new DataDirectory(folder), Addresses.of(http, https, management), seconds);
    } catch (IOException cannot) {
      throw new Failure.Misconfigured("chancery up", "cannot be run: " + cannot, "see " + log)
          .because(cannot);
    }
  }

  /** A JVM as the script chancery starts it for what runs long. */
  static List<String> java() {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(JVM);
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("-XX:CompileCommandFile="))
        .forEach(command::add);
    return command;
  }

  public DataDirectory data() {
    return data;
  }

  Addresses addresses() {
    return addresses;
  }

  int httpPort() {
    return URI.create(addresses.http()).getPort();
  }

  public double startSeconds() {
    return startSeconds;
  }

  long pid() {
    return process.pid();
  }

  double cpuSeconds() {
    return ProcessUse.cpuSeconds(process.pid());
  }

  double databaseCpuSeconds() {
    return Postgres.process(data).stream()
        .mapToDouble(ProcessUse::familyCpuSeconds)
        .findFirst()
        .orElse(0);
  }

  /**
   * Waits until it and its database are at rest: a start reads the answers made ahead, and what was
   * issued has them made.
   *
   * @return whether they are; if not, they were still at work after {@code most}
   */
  boolean rest(Duration most) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < most.toNanos()) {
      double before = cpuSeconds() + databaseCpuSeconds();
      Patience.pause(LOOK_MILLIS);
      double used = cpuSeconds() + databaseCpuSeconds() - before;
      if (used * 1e3 / LOOK_MILLIS < AT_REST) {
        return true;
      }
    }
    return false;
  }

  /** Collects what is garbage, so that what is left can be compared. */
  void collectGarbage() {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    try {
      if (Files.isExecutable(jcmd)) {
        new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "GC.run")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor(30, TimeUnit.SECONDS);
      }
    } catch (IOException notHere) {
      return; // then idle holds some garbage, and the growth above it is smaller at most by that
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static int otherThan(SecureRandom random, int one, int two) {
    int port = Ports.anyFree(random);
    return port == one || port == two ? otherThan(random, one, two) : port;
  }

  /** The program that runs here: started with -jar, that is the whole class path. */
  static String jar() {
    String path = System.getProperty("java.class.path", "");
    if (!path.endsWith(".jar") || path.contains(java.io.File.pathSeparator)) {
      throw new Failure.Misconfigured(
              "bench", "runs from classes, not from its jar", "start it with ./chancery bench")
          .thrown();
    }
    return Path.of(path).toAbsolutePath().toString();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException notYet) {
      return "";
    }
  }
}
