package io.chancery.timekeeping;

import io.chancery.Caller;
import io.chancery.HouseClock;
import io.chancery.PkiException;
import io.chancery.inventory.Transactions;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Ledger;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jboss.logging.Logger;

/** Holds the machine's clock against the others, and puts on the roll what was found. */
@Singleton
public final class ClockWatch {
  private static final Logger LOG = Logger.getLogger(ClockWatch.class);

  /** An answer that took longer says too little about now. */
  private static final Duration SLOW = Duration.ofSeconds(10);

  /** While the database is away; what happened first is worth most. */
  private static final int UNTOLD = 20;

  private final HouseClock house;
  private final ClockRows rows;
  private final Ledger ledger;
  private final Transactions transactions;
  private final ClockConfig config;
  private final Queue<Event> untold = new ArrayDeque<>();
  private Optional<HouseClock.Dispute> told = Optional.empty();

  @Inject
  ClockWatch(
      HouseClock house,
      ClockRows rows,
      Ledger ledger,
      Transactions transactions,
      ClockConfig config,
      MeterRegistry meters) {
    this.house = house;
    this.rows = rows;
    this.ledger = ledger;
    this.transactions = transactions;
    this.config = config;
    Gauge.builder("chancery.clock.apart", house, ClockWatch::apart)
        .baseUnit("seconds")
        .description("how far the machine's clock is ahead of the time that the service goes by")
        .register(meters);
  }

  /** Before anything is signed: is the clock one that can have written what the roll holds? */
  public synchronized void open() {
    apply(
        Judgement.atStart(
            house.wall(),
            asked(),
            transactions.call(ledger::newest),
            config.rest(),
            config.believe()));
  }

  /** Whether certificates may be dated now. */
  public boolean isAgreed() {
    return house.dispute().isEmpty();
  }

  synchronized void look() {
    house.look();
    note();
    Optional<Judgement.Sighting> database = asked();
    apply(Judgement.of(house.instant(), house.wall(), !isAgreed(), database));
    tell();
  }

  private void apply(Judgement judgement) {
    switch (judgement) {
      case Judgement.Keep() -> {}
      case Judgement.Follow() -> house.follow();
      case Judgement.Doubt doubt -> house.dispute(doubt.why(), doubt.house());
      case Judgement.Hold hold -> house.hold(hold.why(), hold.house());
    }
    note();
  }

  /** What has turned since the last look. */
  private void note() {
    Optional<HouseClock.Dispute> now = house.dispute();
    if (now.isPresent() == told.isPresent()) {
      return;
    }
    if (now.isPresent()) {
      LOG.errorf("no certificates until the clock is clear: %s", now.get().why());
      keep(EventKind.CLOCK_STEPPED, now.get().why());
    } else {
      LOG.warnf("the clock is clear again: %s", house.instant());
      keep(EventKind.CLOCK_SETTLED, "was in doubt since " + told.orElseThrow().since());
    }
    told = now;
  }

  private void keep(EventKind kind, String why) {
    if (untold.size() < UNTOLD) {
      untold.add(
          Event.of(
              house.instant(),
              kind,
              new Caller.Authority("clock"),
              "",
              "house",
              house.instant().toString(),
              "machine",
              house.wall().toString(),
              "why",
              why));
    }
  }

  private void tell() {
    while (!untold.isEmpty()) {
      Event next = untold.peek();
      transactions.run(() -> ledger.append(next));
      untold.remove();
    }
  }

  private Optional<Judgement.Sighting> asked() {
    long start = System.nanoTime();
    try {
      Optional<Judgement.Sighting> answer = rows.now();
      return answer.filter(any -> System.nanoTime() - start < SLOW.toNanos());
    } catch (PkiException away) {
      return Optional.empty();
    }
  }

  private static double apart(HouseClock house) {
    return house.dispute().isEmpty()
        ? 0
        : Duration.between(house.instant(), house.wall()).toMillis() / 1000.0;
  }
}
