package io.chancery.cli.local;

import io.chancery.PkiException;
import io.chancery.chaos.database.Server;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The PostgreSQL of a data directory, to be harmed: one of a running {@code up}, or a test's own.
 * It loses nothing when it is killed, whatever it gives up for speed.
 */
public final class KillablePostgres implements Server {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** The machine lives on, so that what was written is there; what is acknowledged was written. */
  private static final String QUICK =
      """
      fsync = off
      full_page_writes = off
      """;

  private final DataDirectory data;
  private final String own;
  private volatile int port;

  private KillablePostgres(DataDirectory data, String own) {
    this.data = data;
    this.own = own;
  }

  /** That of an instance of {@code up}, with its settings. */
  public static KillablePostgres of(DataDirectory data) {
    KillablePostgres server = new KillablePostgres(data, "");
    server.start();
    return server;
  }

  /** A new one, for as long as it is not stopped. */
  public static KillablePostgres fresh(Path folder) {
    KillablePostgres server = new KillablePostgres(DataDirectory.open(folder), QUICK);
    server.start();
    return server;
  }

  /** A test's own that runs already. */
  public static KillablePostgres running(Path folder) {
    KillablePostgres server = new KillablePostgres(new DataDirectory(folder), QUICK);
    server.start();
    return server;
  }

  public DatabaseAccess access() {
    return Postgres.ofRunning(data);
  }

  public int port() {
    return port;
  }

  @Override
  public OptionalLong postmaster() {
    return Postgres.process(data);
  }

  @Override
  public String serviceRole() {
    return PostgresCluster.APPLICATION;
  }

  /** PostgreSQL refuses while a process of the one before is still in its shared memory. */
  @Override
  public void start() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        int found = Postgres.start(data, step -> {}, own).port();
        if (port != 0 && port != found) {
          throw new IllegalStateException("PostgreSQL came back on another port");
        }
        port = found;
        return;
      } catch (PkiException notYet) {
        if (System.nanoTime() > deadline) {
          throw notYet;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
      }
    }
  }

  @Override
  public Connection owner() throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", PostgresCluster.ROLE);
    login.setProperty("password", data.readSecret(data.postgresPassword()));
    login.setProperty("connectTimeout", "5");
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + PostgresCluster.ROLE, login);
  }

  public void stop() {
    Postgres.start(data, step -> {}, own).stop();
  }
}
