package io.chancery.cli.bench.grow;

import io.chancery.Failure;
import io.chancery.cli.bench.Spent;
import io.chancery.cli.bench.Station;
import io.chancery.cli.bench.crowd.Course;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Rounds of certificates over kept connections, each client waiting for its answer. */
final class GrowIssuing {
  private static final int CONNECTIONS = 32;

  /** Of a scratch table, for a gigabyte of the log. */
  private static final long ROWS = 140_000;

  private final Station station;
  private final Connection book;

  GrowIssuing(Station station, Connection book) {
    this.station = station;
    this.book = book;
  }

  /**
   * What a round came to.
   *
   * @param log kB written ahead for a certificate
   */
  record Round(Spent spent, double log) {
    double perSecond() {
      return spent.answers().perSecond();
    }
  }

  /**
   * Writes so much ahead for nothing. A database that has grown uses the files of its log again; a
   * new one must make them, and waits longer for each commit.
   */
  void age(int gigabytes) {
    try (Statement statement = book.createStatement()) {
      for (int i = 0; i < gigabytes; i++) {
        statement.execute("create table bench_scratch (octets text)");
        statement.execute("alter table bench_scratch alter column octets set storage plain");
        statement.execute(
            "insert into bench_scratch select repeat('x', 7000) from generate_series(1, %d)"
                .formatted(ROWS));
        statement.execute("drop table bench_scratch");
      }
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  void warmUp(int many) {
    station.warmUp(many, CONNECTIONS);
  }

  /** Once nothing is left to do of what was before, as far as that ends in time. */
  Round round(int many, Duration rest) {
    station.rest(rest);
    long before = log();
    Spent spent = station.issue(Course.many(CONNECTIONS, many));
    if (spent.answers().failed() > 0) { // they would be quick, and count for nothing
      throw new Failure.Misconfigured(
              "issuing",
              spent.answers().failed() + " requests were not answered with a certificate",
              "see up.log; keep the folder with --data")
          .thrown();
    }
    return new Round(spent, (log() - before) / 1e3 / many);
  }

  private long log() {
    try (Statement statement = book.createStatement();
        ResultSet row = statement.executeQuery("select pg_current_wal_lsn() - '0/0'::pg_lsn")) {
      row.next();
      return row.getLong(1);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
