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
