package io.chancery.cli.local;

import io.chancery.PkiException;
import java.sql.Connection;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * An instance's database for the length of a command. What the command started for it is stopped by
 * {@link #close}, and by a signal.
 */
public final class LocalDatabase implements AutoCloseable {
  private final DatabaseAccess access;
  private final Deque<Runnable> stops = new ArrayDeque<>();
  private final Thread onSignal = new Thread(this::stop, "chancery-stop-database");

  private LocalDatabase(DatabaseAccess access) {
    this.access = access;
  }

  /** One that runs by itself, whoever started it. */
  static LocalDatabase running(DatabaseAccess access) {
    return new LocalDatabase(access);
  }

  /** The one of a running instance of {@code up}. */
  public static LocalDatabase running(DataDirectory data) {
    return running(Postgres.ofRunning(data));
  }

  /** Starts the PostgreSQL of a data directory on which nothing runs. */
  public static LocalDatabase start(DataDirectory data, Consumer<String> progress) {
    DataLock lock = DataLock.takeForCommand(data);
    try {
      return started(Postgres.start(data, progress), lock);
    } catch (PkiException cannot) {
      lock.close();
      throw cannot;
    }
  }

  /** One that this command started while it holds the data directory. */
  static LocalDatabase started(Postgres postgres, DataLock lock) {
    LocalDatabase database = new LocalDatabase(postgres.access());
    database.stops.push(lock::close);
    database.stops.push(postgres::stop);
    Runtime.getRuntime().addShutdownHook(database.onSignal);
    return database;
  }

  /** Where it is, for whoever boots the service on it. */
  public DatabaseAccess access() {
    return access;
  }

  /** A connection of the caller's own, as the tables' owner where that is known. */
  public Connection connect() {
    return access.asOwner().connect();
  }

  @Override
  public void close() {
    stop();
    try {
      Runtime.getRuntime().removeShutdownHook(onSignal);
    } catch (IllegalStateException signalled) {
      return; // the process is ending, and the hook finds nothing left to stop
    }
  }

  private synchronized void stop() {
    while (!stops.isEmpty()) {
      stops.pop().run();
    }
  }
}
