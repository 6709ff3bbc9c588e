package io.chancery.inventory;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.inventory.pulse.Complaint;
import io.chancery.inventory.pulse.Pulse;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The only way to the database's transactions. Whatever the driver or the pool throws comes out as
 * {@code Unavailable}; a {@link PkiException} thrown inside rolls back and passes.
 */
@Singleton
public final class Transactions {
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final int ATTEMPTS = 5;

  private final Pulse pulse;
  private final AtomicBoolean stopping = new AtomicBoolean();

  @Inject
  Transactions(Pulse pulse) {
    this.pulse = pulse;
  }

  void stop(@Observes ShutdownEvent event) {
    stopping.set(true);
  }

  /** Runs {@code work} in a transaction of its own and commits it. */
  public <T> T call(Supplier<T> work) {
    if (stopping.get()) {
      throw new Failure.Unavailable("service", "it is stopping", RETRY).thrown();
    }
    pulse.mustBeat();
    try {
      return QuarkusTransaction.requiringNew().call(() -> done(work));
    } catch (RuntimeException thrown) {
      throw typed(thrown, pulse);
    }
  }

  /**
   * Does the work, and believes none of it where the transaction cannot be committed. A connection
   * that was closed in the pool, as the pulse does, cannot join it, which marks it for rollback;
   * there Hibernate's {@code find} logs what went wrong and answers that there is no such row
   * (HHH-12472).
   */
  private static <T> T done(Supplier<T> work) {
    try {
      T done = work.get();
      if (QuarkusTransaction.isRollbackOnly()) {
        throw new IllegalStateException(
            "a transaction that is marked for rollback was gone on with");
      }
      return done;
    } catch (RuntimeException refused) {
      if (QuarkusTransaction.isRollbackOnly() && Complaint.in(refused).isEmpty()) {
        throw new IllegalStateException(
            new SQLException("no connection joined", Complaint.CONNECTION_DOES_NOT_EXIST, refused));
      }
      throw refused;
    }
  }

  /** As {@link #call}; begins again where another transaction came first (SQLSTATE 40001). */
  public <T> T callAgain(Supplier<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return call(work);
      } catch (PkiException failed) {
        if (!Complaint.isOvertaken(failed) || attempt == ATTEMPTS) {
          throw failed;
        }
      }
    }
  }

  /** {@link #call} for work without a result. */
  public void run(Runnable work) {
    call(
        () -> {
          work.run();
          return true;
        });
  }

  /** Refuses to go on outside a transaction: an append of its own would not be atomic. */
  public static void mustBeOpen() {
    if (!QuarkusTransaction.isActive()) {
      throw new IllegalStateException("this write belongs into its deed's transaction");
    }
  }

  /** What the driver, the pool or the transaction manager throw, as a failure of ours. */
  static RuntimeException typed(RuntimeException thrown, Pulse pulse) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof PkiException known) {
        return known;
      }
      if (cause instanceof SQLException sql) {
        return ofSql(sql, thrown, pulse);
      }
      if (Complaint.isOfPool(cause)) {
        pulse.suffered(new SQLException(cause));
        return new Failure.Unavailable("database", Complaint.NO_CONNECTION, RETRY).because(thrown);
      }
    }
    // Without an SQLException behind it, what Hibernate throws is a wrong query: a bug, no outage.
    if (thrown.getClass().getName().startsWith("io.quarkus.narayana")
        || thrown.getClass().getName().startsWith("jakarta.transaction")) {
      pulse.suffered(new SQLException(thrown.getMessage(), Complaint.UNKNOWN_OUTCOME, thrown));
      return new Failure.Unavailable("database", "the commit was not confirmed", RETRY)
          .because(thrown);
    }
    return thrown;
  }

  private static RuntimeException ofSql(SQLException sql, RuntimeException thrown, Pulse pulse) {
    String state = sql.getSQLState() == null ? "" : sql.getSQLState();
    // SQLSTATE class 23: a constraint said no. That is a race or a bug, not an outage.
    if (state.startsWith("23")) {
      return new Failure.Conflict(
              "the write", "met another one of the same name (" + state + ")", "try again")
          .because(thrown);
    }
    // SQLSTATE class 22: the database cannot hold this value. The sender must change it.
    if (state.startsWith("22")) {
      return new Failure.Malformed(
              "input", "", "holds a value that cannot be kept (" + state + ")", "Chancery book")
          .because(thrown);
    }
    pulse.suffered(sql);
    return new Failure.Unavailable("database", Complaint.words(sql), RETRY).because(thrown);
  }
}
