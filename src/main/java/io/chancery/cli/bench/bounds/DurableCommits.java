package io.chancery.cli.bench.bounds;

import io.chancery.cli.local.LocalDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How many transactions a second an instance's own PostgreSQL commits durably when each writes two
 * rows: one as large as a reservation, one as large as a certificate with its entries on the roll.
 * The tables are scratch, without an index but that of their key, and are dropped again.
 */
public final class DurableCommits implements AutoCloseable {
  private static final String SMALL = "bench_scratch.small";
  private static final String LARGE = "bench_scratch.large";
  private static final String DROP = "drop schema if exists bench_scratch cascade";
  private static final String INSERT = "insert into %s (octets) values (?)";

  /** Stored plain, so that a row stays in its page, which has 8 kB. */
  private static final int LARGEST_ROW = 6_000;

  private static final int OF_A_ROW = 40;

  private final LocalDatabase database;
  private final Sizes sizes;

  /** Octets of the two rows. */
  public record Sizes(int reservation, int certificate) {}

  public DurableCommits(LocalDatabase database) {
    this.database = database;
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      this.sizes = sizes(statement);
      statement.execute(DROP);
      statement.execute("create schema bench_scratch");
      for (String table : List.of(SMALL, LARGE)) {
        statement.execute(
            """
            create table %s (
              id bigint generated always as identity primary key, octets bytea not null
            )
            """
                .formatted(table));
        statement.execute("alter table %s alter column octets set storage plain".formatted(table));
      }
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  public Sizes sizes() {
    return sizes;
  }

  /** With so many connections, each committing again as soon as it may. */
  public double perSecond(int connections, Duration length) {
    List<Connection> open = new ArrayList<>();
    try (ExecutorService writers = Executors.newFixedThreadPool(connections)) {
      for (int i = 0; i < connections; i++) {
        open.add(database.connect());
      }
      long start = System.nanoTime();
      long stop = start + length.toNanos();
      List<Future<Long>> counts = new ArrayList<>();
      for (Connection one : open) {
        counts.add(writers.submit(() -> commitUntil(one, stop)));
      }
      long made = 0;
      for (Future<Long> count : counts) {
        made += count.get();
      }
      return made / ((System.nanoTime() - start) / 1e9);
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    } finally {
      open.forEach(DurableCommits::close);
    }
  }

  @Override
  public void close() {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(DROP);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private long commitUntil(Connection connection, long stop) throws SQLException {
    byte[] small = random(sizes.reservation());
    byte[] large = random(sizes.certificate());
    long made = 0;
    connection.setAutoCommit(false);
    try (PreparedStatement first = connection.prepareStatement(INSERT.formatted(SMALL));
        PreparedStatement second = connection.prepareStatement(INSERT.formatted(LARGE))) {
      while (System.nanoTime() < stop) {
        first.setBytes(1, small);
        first.executeUpdate();
        second.setBytes(1, large);
        second.executeUpdate();
        connection.commit();
        made++;
      }
    }
    return made;
  }

  /** As the book has them: a reservation is a certificate without its signature. */
  private static Sizes sizes(Statement statement) throws SQLException {
    int certificate = size(statement, "certificate", "issued_at");
    int entry = size(statement, "ledger_entry", "id");
    return new Sizes(
        Math.min(LARGEST_ROW, certificate), Math.min(LARGEST_ROW, certificate + entry));
  }

  private static int size(Statement statement, String table, String order) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            """
            select coalesce(avg(pg_column_size(one.*)), 1000)::int
            from (select * from %s order by %s desc limit 100) one
            """
                .formatted(table, order))) {
      row.next();
      return Math.max(1, row.getInt(1) - OF_A_ROW);
    }
  }

  private static byte[] random(int length) {
    byte[] octets = new byte[length];
    ThreadLocalRandom.current().nextBytes(octets);
    return octets;
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException gone) {
      return; // its work is done
    }
  }
}
