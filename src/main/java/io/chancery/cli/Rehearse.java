package io.chancery.cli;

import io.chancery.cli.local.DataDirectory;
import io.chancery.cli.local.Ports;
import io.chancery.cli.serve.FirstHandshake;
import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A whole first run, played once in an empty folder while the JVM records what it needs for the
 * start cache (docs/adr/0015): up, some certificates, many TLS handshakes, the canary's round with
 * its OCSP answer, stop.
 */
@Command(
    name = "rehearse",
    hidden = true,
    header = "Start on an empty folder, issue some certificates, stop: for the JVM's start cache.")
final class Rehearse implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofMinutes(8);

  /** It begins 15 s after the start. */
  private static final Duration CANARY = Duration.ofSeconds(20);

  private static final Duration PAUSE = Duration.ofMillis(200);

  /** Several, because what runs once leaves no profile. */
  private static final int CERTIFICATES = 20;

  /**
   * So many that the cache has profiles of what a handshake computes: whoever waited for the start
   * comes at once, over new connections.
   */
  private static final int HANDSHAKES = 3_000;

  @Option(names = "--data", paramLabel = "FOLDER", required = true, description = "An empty one.")
  private Path folder;

  @Override
  public Integer call() {
    System.setProperty("chancery.canary.every", "2s");
    PrintWriter silent = new PrintWriter(java.io.Writer.nullWriter());
    List<Integer> ports = ports();
    Thread guest =
        Thread.ofPlatform()
            .daemon()
            .name("chancery-rehearsal")
            .start(
                () -> {
                  try {
                    ask(ports.get(1), silent);
                  } finally {
                    Quarkus.asyncExit(0);
                  }
                });
    int exit =
        Chancery.run(
            silent,
            silent,
            "up",
            "--data=" + folder,
            "--http-port=" + ports.get(0),
            "--https-port=" + ports.get(1),
            "--management-port=" + ports.get(2));
    guest.interrupt();
    return exit;
  }

  private void ask(int https, PrintWriter silent) {
    long end = System.nanoTime() + LIMIT.toNanos();
    DataDirectory data = new DataDirectory(folder);
    while (!(Files.exists(data.enrolToken())
        && Files.exists(data.admin().resolve("cert.pem"))
        && listens(https))) {
      if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
        return;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    for (int i = 0; i < CERTIFICATES; i++) {
      Path out = folder.resolveSibling("rehearsal-" + i);
      make(out);
      Chancery.run(
          silent,
          silent,
          "enrol",
          "--data=" + folder,
          "--profile=" + (i % 2 == 0 ? "tls-client" : "tls-peer"),
          "--name=dns:rehearsal-" + i + ".internal.test",
          "--out=" + out);
    }
    long canary = System.nanoTime() + CANARY.toNanos();
    shakeHands();
    LockSupport.parkNanos(canary - System.nanoTime());
  }

  private static void shakeHands() {
    try {
      for (int i = 0; i < HANDSHAKES && !Thread.currentThread().isInterrupted(); i++) {
        FirstHandshake.hold(InstantSource.system().instant());
      }
    } catch (GeneralSecurityException | IOException cannot) {
      throw new IllegalStateException(cannot);
    }
  }

  private static void make(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  private static List<Integer> ports() {
    Set<Integer> ports = new LinkedHashSet<>();
    SecureRandom random = new SecureRandom();
    while (ports.size() < 3) {
      ports.add(Ports.anyFree(random));
    }
    return new ArrayList<>(ports);
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 200);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }
}
