package io.chancery.cli.local;

import io.chancery.Failure;
import io.chancery.PkiException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/**
 * A PostgreSQL on a data directory of ours: durable, on loopback, with a password. It runs in a
 * session of its own, so that Ctrl-C reaches the service first; {@link #stop} ends it.
 */
public final class Postgres {
  private static final Duration START = Duration.ofSeconds(120);
  private static final Duration FAST = Duration.ofSeconds(30);
  private static final Duration IMMEDIATE = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(5);
  private static final int ATTEMPTS = 3;
  private static final int LOWEST_PORT = 1024;

  private final PostgresCluster cluster;
  private final int port;

  private Postgres(PostgresCluster cluster, int port) {
    this.cluster = cluster;
    this.port = port;
  }

  /**
   * Starts the server, or adopts the one that a killed instance left running. The caller holds the
   * data directory's lock.
   */
  public static Postgres start(DataDirectory data, Consumer<String> progress) {
    return start(data, progress, "");
  }

  /** The server that the holder of the data directory's lock runs, if it accepts connections. */
  static Optional<DatabaseAccess> running(DataDirectory data) {
    try {
      return Postmaster.running(data.postgres())
          .filter(Postmaster::ready)
          .map(server -> access(data, server.port()));
    } catch (IOException cannot) {
      throw new Failure.Misconfigured(
              "PostgreSQL in " + data.postgres(),
              "cannot be found: " + cannot,
              "run this as the user that runs chancery up")
          .because(cannot);
    }
  }

  /** The same, or the failure that says that there is none. */
  static DatabaseAccess ofRunning(DataDirectory data) {
    return running(data)
        .orElseThrow(
            () ->
                new Failure.Conflict(
                        "data directory " + data.root(),
                        "is just being started or stopped",
                        "try again in some seconds")
                    .thrown());
  }

  /** The process that all others of the server descend from, while it runs. */
  public static OptionalLong process(DataDirectory data) {
    try {
      return Postmaster.running(data.postgres()).stream().mapToLong(Postmaster::pid).findFirst();
    } catch (IOException gone) {
      return OptionalLong.empty();
    }
  }

  /** {@code own} is appended to the settings; tests trade durability for speed with it. */
  static Postgres start(DataDirectory data, Consumer<String> progress, String own) {
    try {
      Unprivileged unprivileged = Unprivileged.find();
      PostgresBinaries binaries = PostgresBinaries.find(data, unprivileged, progress);
      PostgresCluster cluster = new PostgresCluster(data, binaries, unprivileged);
      Optional<Postmaster> left = Postmaster.running(data.postgres());
      // One that an older version left has no role for the service yet, and gets it while it rests.
      boolean hasRoles = Files.exists(data.applicationPassword());
      if (left.isPresent() && left.get().ready() && hasRoles) {
        progress.accept("PostgreSQL: found running on port " + left.get().port() + ", kept");
        return new Postgres(cluster, left.get().port());
      }
      if (left.isPresent()) {
        progress.accept(
            "PostgreSQL: found "
                + (hasRoles ? "in trouble" : "as an older version left it")
                + ", stopping it first");
        new Postgres(cluster, left.get().port()).stop();
      }
      progress.accept("PostgreSQL: starting");
      SecureRandom random = new SecureRandom();
      cluster.make(random);
      return launch(cluster, random, own);
    } catch (IOException cannot) {
      throw new Failure.Misconfigured(
              "PostgreSQL in " + data.postgres(),
              "cannot be started: " + cannot,
              "look at the space and the permissions there")
          .because(cannot);
    }
  }

  public String jdbcUrl() {
    return access().jdbcUrl();
  }

  /** Who owns the tables. */
  public String owner() {
    return PostgresCluster.ROLE;
  }

  /** A file with the owner's password and nothing else; 0600. */
  public Path ownerPasswordFile() {
    return cluster.data().postgresPassword();
  }

  /** How the service and the commands reach it. */
  public DatabaseAccess access() {
    return access(cluster.data(), port);
  }

  private static DatabaseAccess access(DataDirectory data, int port) {
    return new DatabaseAccess(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + PostgresCluster.ROLE,
        PostgresCluster.APPLICATION,
        Optional.of(data.applicationPassword()),
        Optional.of(
            new DatabaseAccess.Owner(PostgresCluster.ROLE, Optional.of(data.postgresPassword()))));
  }

  public int port() {
    return port;
  }

  /** Ends the server: connections first, then, when that takes too long, at once. */
  public void stop() {
    try {
      Optional<Postmaster> running = Postmaster.running(cluster.data().postgres());
      if (running.isEmpty() || stop("fast", FAST) || stop("immediate", IMMEDIATE)) {
        return;
      }
      throw new Failure.Unavailable(
              "PostgreSQL", "process " + running.get().pid() + " does not stop", IMMEDIATE)
          .thrown();
    } catch (IOException cannot) {
      throw new Failure.Unavailable("PostgreSQL", "cannot be stopped: " + cannot, IMMEDIATE)
          .because(cannot);
    }
  }

  /** A crash recovers here: the server replays its log before it is ready. */
  private static Postgres launch(PostgresCluster cluster, SecureRandom random, String own)
      throws IOException {
    DataDirectory data = cluster.data();
    for (int attempt = 1; ; attempt++) {
      OptionalInt last = PostgresSettings.lastPort(data.postgres());
      int port =
          last.orElse(0) >= LOWEST_PORT && Ports.free(last.getAsInt())
              ? last.getAsInt()
              : Ports.anyFree(random);
      PostgresSettings.write(data.postgres(), port, own);
      cluster.unprivileged().own(data.postgres());
      if (started(cluster)) {
        return new Postgres(cluster, port);
      }
      boolean portWasTaken = !Ports.free(port);
      new Postgres(cluster, port).stop(); // Ctrl-C ends pg_ctl and not the server behind it
      if (!portWasTaken || attempt == ATTEMPTS) {
        throw didNotStart(data);
      }
    }
  }

  /** True as soon as it takes connections, which pg_ctl finds out up to 0.1 s later. */
  private static boolean started(PostgresCluster cluster) throws IOException {
    String log = log(cluster);
    FutureTask<Program> control =
        new FutureTask<>(() -> control(cluster, START, "start", "-l", log, "-t", "110"));
    Thread.startVirtualThread(control);
    try {
      while (!control.isDone()) {
        if (Postmaster.running(cluster.data().postgres()).filter(Postmaster::ready).isPresent()) {
          return true;
        }
        Thread.sleep(LOOK);
      }
      return control.get().ok();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException failed) {
      throw new IOException("pg_ctl did not run: " + failed.getMessage(), failed);
    }
  }

  private boolean stop(String mode, Duration limit) throws IOException {
    String seconds = Long.toString(limit.toSeconds());
    return control(cluster, limit.plusSeconds(5), "stop", "-m", mode, "-t", seconds).ok();
  }

  private static Program control(
      PostgresCluster cluster, Duration limit, String verb, String... arguments)
      throws IOException {
    var command =
        cluster.command("pg_ctl", verb, "-w", "-s", "-D", cluster.data().postgres().toString());
    command.addAll(java.util.List.of(arguments));
    return Program.run(command, cluster.data().root(), "", limit);
  }

  /** The server writes its log itself, as whoever it is. */
  private static String log(PostgresCluster cluster) throws IOException {
    Path log = cluster.data().postgresLog();
    if (!Files.exists(log)) {
      Files.createFile(log);
    }
    cluster.unprivileged().own(log);
    return log.toString();
  }

  private static PkiException didNotStart(DataDirectory data) throws IOException {
    String why =
        Files.readAllLines(data.postgresLog()).stream()
            .filter(line -> line.contains("FATAL:") || line.contains("PANIC:"))
            .reduce("", (a, b) -> b)
            .replaceFirst("^.*?(FATAL|PANIC):\\s*", "");
    return new Failure.Misconfigured(
            "PostgreSQL in " + data.postgres(),
            "did not start" + (why.isEmpty() ? "" : ": " + why),
            "its log is " + data.postgresLog())
        .thrown();
  }
}
