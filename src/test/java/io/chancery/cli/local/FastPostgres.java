package io.chancery.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * A server for tests: its role may create databases, and nothing survives a power cut. With as many
 * databases as tests make, autovacuum would start a process each second.
 */
public final class FastPostgres {
  private static final String FORGETFUL =
      """
      fsync = off
      synchronous_commit = off
      full_page_writes = off
      max_connections = 200
      autovacuum_naptime = 10min
      """;

  private final Postgres postgres;
  private final Runnable unlock;

  private FastPostgres(Postgres postgres, Runnable unlock) {
    this.postgres = postgres;
    this.unlock = unlock;
  }

  /** Starts on {@code folder}; throws {@code Conflict} where another JVM's tests run on it. */
  public static FastPostgres start(Path folder) throws IOException {
    DataDirectory data = DataDirectory.open(folder);
    DataLock lock = DataLock.take(data, Addresses.of(1, 1, 1));
    allowDatabases(data);
    return new FastPostgres(Postgres.start(data, step -> {}, FORGETFUL), lock::close);
  }

  /** The one that this JVM has started on {@code folder}. */
  public static FastPostgres running(Path folder) {
    return new FastPostgres(
        Postgres.start(new DataDirectory(folder), step -> {}, FORGETFUL), () -> {});
  }

  private static void allowDatabases(DataDirectory data) throws IOException {
    Path done = data.root().resolve("rights-given-2");
    if (Files.exists(done)) {
      return;
    }
    Unprivileged unprivileged = Unprivileged.find();
    PostgresCluster cluster =
        new PostgresCluster(
            data, PostgresBinaries.find(data, unprivileged, step -> {}), unprivileged);
    SecureRandom random = new SecureRandom();
    cluster.make(random);
    PostgresSettings.write(data.postgres(), Ports.anyFree(random), "");
    cluster.single(
        data.postgres(),
        "ALTER ROLE chancery CREATEDB\nGRANT pg_signal_backend, pg_read_all_stats TO chancery\n");
    Files.createFile(done);
  }

  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/" + database;
  }

  /** Who makes the databases and owns them. */
  public String user() {
    return postgres.owner();
  }

  public String password() throws IOException {
    return Files.readString(postgres.ownerPasswordFile()).strip();
  }

  /** How the service enters one of them. */
  public DatabaseAccess access(String database) {
    DatabaseAccess usual = postgres.access();
    return new DatabaseAccess(url(database), usual.user(), usual.passwordFile(), usual.owner());
  }

  public void stop() {
    postgres.stop();
    unlock.run();
  }
}
