package io.chancery.cli.bench;

import io.chancery.Failure;
import io.chancery.cli.local.Addresses;
import io.chancery.cli.local.DataDirectory;
import io.chancery.cli.local.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** {@code ./chancery up} as a person starts it, script and all. The script becomes the JVM. */
final class Launched implements AutoCloseable {
  private static final Duration STOP = Duration.ofMinutes(2);
  private static final String READY = "Ctrl-C stops everything.";

  /** No limit is in the way of the load. */
  private static final String OPTIONS =
      "-Dchancery.limits.per-minute=1000000 -Dchancery.limits.burst=1000000"
          + " -Dchancery.rates.address-per-minute=10000000"
          + " -Dchancery.rates.caller-per-minute=10000000"
          + " -Dchancery.rates.organization-per-minute=10000000";

  private final Process process;
  private final Addresses addresses;
  private final Path log;

  private Launched(Process process, Addresses addresses, Path log) {
    this.process = process;
    this.addresses = addresses;
    this.log = log;
  }

  static Launched up(DataDirectory data) {
    List<Integer> ports = ports();
    Path log = data.root().resolveSibling("up.log");
    List<String> command =
        List.of(
            script().toString(),
            "up",
            "--data=" + data.root(),
            "--http-port=" + ports.get(0),
            "--https-port=" + ports.get(1),
            "--management-port=" + ports.get(2));
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .redirectInput(Path.of("/dev/null").toFile());
      builder.environment().merge("CHANCERY_JAVA_OPTS", OPTIONS, (a, b) -> a + " " + b);
      Process process = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
      return new Launched(process, Addresses.of(ports.get(0), ports.get(1), ports.get(2)), log);
    } catch (IOException cannot) {
      throw new Failure.Misconfigured("./chancery up", "cannot be run: " + cannot, "see " + log)
          .because(cannot);
    }
  }

  void awaitAnnounced(Duration limit) {
    Patience.until("chancery up", limit, () -> text().contains(READY), () -> !process.isAlive());
  }

  Addresses addresses() {
    return addresses;
  }

  int httpsPort() {
    return URI.create(addresses.https()).getPort();
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  Path log() {
    return log;
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

  private static Path script() {
    Path script = Path.of(System.getProperty("chancery.checkout", ""), "chancery").toAbsolutePath();
    if (!Files.isExecutable(script)) {
      throw new Failure.Misconfigured(
              "bench start", "needs the script chancery", "run it with ./chancery bench start")
          .thrown();
    }
    return script;
  }

  private static List<Integer> ports() {
    SecureRandom random = new SecureRandom();
    Set<Integer> ports = new LinkedHashSet<>();
    while (ports.size() < 3) {
      ports.add(Ports.anyFree(random));
    }
    return new ArrayList<>(ports);
  }

  private String text() {
    try {
      return Files.readString(log);
    } catch (IOException notYet) {
      return "";
    }
  }
}
