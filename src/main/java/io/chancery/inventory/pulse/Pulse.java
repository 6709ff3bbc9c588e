package io.chancery.inventory.pulse;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.chancery.Failure;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks the database every second, on a connection of its own, whether it is there. A pool alone
 * notices too late: a network that is silent is found out by each connection for itself, after half
 * a minute, and a dead one is found by whoever is given it. Here one question finds out for all,
 * throws the others away, and until it is answered again nobody waits for the database.
 */
@Singleton
public final class Pulse {
  private static final Logger LOG = Logger.getLogger(Pulse.class);
  private static final Duration RETRY = Duration.ofSeconds(2);

  /** While it is away: nobody should wait long for its return. */
  private static final Duration EAGER = Duration.ofMillis(250);

  /** Between two questions, whoever wakes it. */
  private static final Duration BREATH = Duration.ofMillis(50);

  /** What was refused no longer ago than this is still so. */
  private static final Duration FRESH = Duration.ofSeconds(5);

  private static final int BEFORE_THE_POOL_CLOSES = 1;

  private final AgroalDataSource pool;
  private final OwnConnection own;
  private final OpenConnections open;
  private final LostAnswers lost;
  private final Provider<PulseConfig> config;
  private final InstantSource clock;
  private final AtomicReference<@Nullable Trouble> away = new AtomicReference<>();
  private final AtomicReference<@Nullable Refusal> refusal = new AtomicReference<>();
  private final Semaphore woken = new Semaphore(0);
  private volatile boolean stopped;
  private @Nullable Thread thread;

  /** What is wrong with the database, and since when. */
  public record Trouble(Instant since, String what) {}

  /** What deeds were refused with; the last time by {@link System#nanoTime}. */
  private record Refusal(Trouble trouble, long last) {}

  @Inject
  Pulse(
      AgroalDataSource pool,
      OwnConnection own,
      OpenConnections open,
      LostAnswers lost,
      Provider<PulseConfig> config,
      InstantSource clock,
      MeterRegistry meters) {
    this.pool = pool;
    this.own = own;
    this.open = open;
    this.lost = lost;
    this.config = config;
    this.clock = clock;
    Gauge.builder("chancery.database.up", this, pulse -> pulse.trouble().isEmpty() ? 1 : 0)
        .description("1 while the database answers and takes what is written")
        .register(meters);
    Gauge.builder("chancery.database.trouble", this, Pulse::secondsOfTrouble)
        .baseUnit("seconds")
        .description("how long the database has been in trouble")
        .register(meters);
  }

  /** What is wrong now; empty while the database answers and refuses nothing. */
  public Optional<Trouble> trouble() {
    Trouble silent = away.get();
    if (silent != null) {
      return Optional.of(silent);
    }
    Refusal last = refusal.get();
    return last == null || System.nanoTime() - last.last() > FRESH.toNanos()
        ? Optional.empty()
        : Optional.of(last.trouble());
  }

  /** Refuses at once whoever would only wait for a database that is known to be away. */
  public void mustBeat() {
    Trouble silent = away.get();
    if (silent != null) {
      throw new Failure.Unavailable("database", silent.what() + ", since " + silent.since(), RETRY)
          .thrown();
    }
  }

  /** A deed has met trouble: people are told, and the next deed tries again. */
  public void suffered(SQLException thrown) {
    if (Complaint.isTrouble(thrown)) {
      long now = System.nanoTime();
      Trouble fresh = new Trouble(clock.instant(), Complaint.words(thrown));
      refusal.updateAndGet(
          last ->
              last == null || now - last.last() > FRESH.toNanos()
                  ? new Refusal(fresh, now)
                  : new Refusal(new Trouble(last.trouble().since(), fresh.what()), now));
      woken.release(); // it may be more than that one connection
    }
  }

  void start(@Observes StartupEvent event) {
    thread = Thread.ofPlatform().daemon().name("database-pulse").start(this::beat);
  }

  void stop(@Observes @Priority(BEFORE_THE_POOL_CLOSES) ShutdownEvent event)
      throws InterruptedException {
    stopped = true;
    if (thread != null) {
      thread.interrupt();
      thread.join(Duration.ofSeconds(3));
    }
  }

  private void beat() {
    while (!stopped) {
      try {
        feel();
        pause();
      } catch (InterruptedException stop) {
        stopped = true;
      } catch (RuntimeException bug) {
        LOG.error("the database's pulse cannot be felt", bug);
      }
    }
    own.drop();
    away.set(null);
  }

  private void pause() throws InterruptedException {
    if (away.get() != null) {
      Thread.sleep(EAGER);
    } else if (woken.tryAcquire(config.get().every().toMillis(), TimeUnit.MILLISECONDS)) {
      Thread.sleep(BREATH);
    }
    woken.drainPermits();
  }

  private void feel() {
    try {
      own.ask(config.get().patience());
      lost.look(config.get().patience());
    } catch (SQLException broken) {
      long start = System.nanoTime();
      if (!asksAnew()) {
        return;
      }
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      if (away.get() == null) {
        mend(Complaint.isSilence(broken) && took.compareTo(brisk()) < 0);
      }
    }
    there();
  }

  /** A machine that is only slow is no quicker on a new connection than on an old one. */
  private Duration brisk() {
    return config.get().patience().dividedBy(2);
  }

  /** It answers on a new connection; the old ones are no better than the one that was asked on. */
  private void mend(boolean oldOnesAreSilent) {
    if (oldOnesAreSilent) {
      LOG.warn("the database answers on new connections only: the old ones are thrown away");
      open.breakAll();
    }
    pool.flush(FlushMode.IDLE);
  }

  /** One connection may have been ended for reasons of its own. */
  private boolean asksAnew() {
    try {
      own.ask(config.get().patience());
      return true;
    } catch (SQLException gone) {
      if (stopped || Complaint.isFull(gone)) {
        // It serves those who have a connection.
        suffered(gone);
        return false;
      }
      missing(Complaint.isSilence(gone) ? "it does not answer" : Complaint.words(gone));
      return false;
    }
  }

  private void missing(String what) {
    Trouble before = away.get();
    away.set(new Trouble(before == null ? clock.instant() : before.since(), what));
    if (before == null) {
      LOG.errorf("the database is away: %s", what);
    }
    // Whoever waits on one of them is told now, and nobody is given one later.
    open.breakAll();
    pool.flush(FlushMode.IDLE);
  }

  private void there() {
    Trouble before = away.getAndSet(null);
    if (before != null) {
      LOG.infof(
          "the database is back after %.1f s",
          Duration.between(before.since(), clock.instant()).toMillis() / 1000.0);
    }
  }

  private double secondsOfTrouble() {
    return trouble()
        .map(now -> Duration.between(now.since(), clock.instant()).toMillis() / 1000.0)
        .orElse(0.0);
  }
}
