package io.chancery.cli.bench;

import io.chancery.Failure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Rounds of certificates, so many at once, each client waiting for its answer; and their cost. */
final class GrowIssuing {
  private static final int AT_ONCE = 8;

  private final Child child;
  private final Clients clients;
  private final Connection book;

  GrowIssuing(Child child, Clients clients, Connection book) {
    this.child = child;
    this.clients = clients;
    this.book = book;
  }

  /**
   * What a round came to.
   *
   * @param application its milliseconds of CPU a certificate, as those of the {@code database}
   * @param log kB written ahead for a certificate
   */
  record Round(double perSecond, double application, double database, double log) {}

  Round round(int many) {
    ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < many; i++) {
      requests.add(Issuing.csr());
    }
    double application = child.cpuSeconds();
    double database = child.databaseCpuSeconds();
    long log = log();
    long start = System.nanoTime();
    ask(requests);
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Round(
        many / seconds,
        (child.cpuSeconds() - application) * 1e3 / many,
        (child.databaseCpuSeconds() - database) * 1e3 / many,
        (log() - log) / 1e3 / many);
  }

  private void ask(ConcurrentLinkedQueue<String> requests) {
    AtomicInteger failed = new AtomicInteger();
    try (ExecutorService askers =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory())) {
      for (int asker = 0; asker < AT_ONCE; asker++) {
        askers.execute(
            () -> {
              for (String csr = requests.poll(); csr != null; csr = requests.poll()) {
                if (!clients.enrolLater(csr).join()) {
                  failed.incrementAndGet();
                }
              }
            });
      }
    } // waits for all of them
    if (failed.get() > 0) {
      throw new Failure.Misconfigured(
              "issuing",
              failed.get() + " requests were not answered with a certificate",
              "see up.log")
          .thrown();
    }
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
