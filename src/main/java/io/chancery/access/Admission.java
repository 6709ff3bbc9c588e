package io.chancery.access;

import io.chancery.Failure;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The door that a crowd passes in order. When a data centre starts, thousands ask at once; so many
 * as the operator says are at work, the others wait, and credentials take turns: one client's flood
 * is a long queue of its own and nobody else's. Whoever waits too long, or finds the room full, is
 * told to come again. Where more come than can be served ({@link Pressure}), a short wait is all
 * there is, so that what is accepted is answered soon.
 */
@Singleton
public final class Admission {
  private static final Duration COME_AGAIN = Duration.ofSeconds(5);

  /** Seconds. */
  private static final int SPREAD = 6;

  /** How often those are looked for who wait in vain. */
  private static final long SWEEP = Duration.ofMillis(100).toNanos();

  private final AdmissionConfig config;
  private final WaitingRoom<Waiter> room = new WaitingRoom<>();
  private final Pressure pressure;
  private final Map<String, Integer> places = new HashMap<>();
  private final Counter turnedAway;
  private int working;
  private volatile boolean overloaded;
  private long lastSweep = System.nanoTime();

  @Inject
  Admission(AdmissionConfig config, MeterRegistry meters) {
    this.config = config;
    this.pressure = new Pressure(config);
    Gauge.builder("chancery.admission.waiting", this, Admission::waiting)
        .description("requests for certificates that wait for their turn")
        .register(meters);
    Gauge.builder("chancery.admission.working", this, Admission::working)
        .description("requests for certificates at work")
        .register(meters);
    Gauge.builder("chancery.admission.overloaded", this, door -> door.overloaded ? 1 : 0)
        .description("1 while more requests for certificates come than can be served")
        .register(meters);
    this.turnedAway =
        Counter.builder("chancery.admission.turned.away")
            .description("requests for certificates that were told to come again")
            .register(meters);
  }

  /**
   * A request has come.
   *
   * @param nanos when, as {@link System#nanoTime} says
   * @param again not the first one on its connection
   */
  public record Arrival(long nanos, boolean again) {}

  /** One who waits: completed with its place, or failed where it gets none. */
  private static final class Waiter {
    final String group;
    final CompletableFuture<Place> place = new CompletableFuture<>();
    final Arrival came;

    Waiter(String group, Arrival came) {
      this.group = group;
      this.came = came;
    }
  }

  /** The right to be at work, until it is given back. */
  public final class Place implements AutoCloseable {
    private final String group;
    private final AtomicBoolean taken = new AtomicBoolean(true);

    private Place(String group) {
      this.group = group;
    }

    /** Gives the place to whoever is next; doing it again changes nothing. */
    @Override
    public void close() {
      if (taken.compareAndSet(true, false)) {
        handOn(group);
      }
    }
  }

  /**
   * Whether whoever shows this would be turned away at once: so many wait in an overload that there
   * is no place for one more. Never waits; for the thread that reads requests.
   *
   * @return what it is told
   */
  public Optional<Failure.Busy> turnsAway(Supplier<Credential> shown) {
    if (!overloaded || hasRoomFor(shown.get().fingerprint())) {
      return Optional.empty();
    }
    turnedAway.increment();
    return Optional.of(busy());
  }

  private synchronized boolean hasRoomFor(String group) {
    return room.hasPlace(group, places());
  }

  /** Waits for a place among those that show the same credential; {@code Busy} where none comes. */
  public Place enter(Credential shown, Arrival came) {
    Waiter waiter = new Waiter(shown.fingerprint(), came);
    Optional<Place> free = takeOrWait(waiter);
    return free.isPresent() ? free.get() : await(waiter);
  }

  /** While places are free, only those wait whose credential has its share of them. */
  private synchronized Optional<Place> takeOrWait(Waiter waiter) {
    if (working < config.atOnce()
        && mayHaveOneMore(waiter.group)
        && !room.hasWaiting(waiter.group)) {
      return Optional.of(take(waiter.group));
    }
    long now = System.nanoTime();
    if (pressure.hasWaitedInVain(waiter.came.nanos(), now)) {
      // It waited for a processor, before the door.
      turnAway(waiter);
      return Optional.empty();
    }
    room.enter(waiter.group, waiter, places()).ifPresent(this::turnAway);
    pressure.waits(room.waiting(), waiter.came.again(), now);
    overloaded = pressure.isOverloaded();
    sweep(now);
    return Optional.empty();
  }

  private int places() {
    return overloaded ? Math.min(config.queue(), pressure.room()) : config.queue();
  }

  /**
   * One credential has three quarters of the places at most: its slow requests stop nobody else.
   */
  private boolean mayHaveOneMore(String group) {
    return places.getOrDefault(group, 0) < Math.max(1, config.atOnce() * 3 / 4);
  }

  private Place take(String group) {
    working++;
    places.merge(group, 1, Integer::sum);
    return new Place(group);
  }

  private Place await(Waiter waiter) {
    try {
      return waiter.place.get(config.patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException turnedAway) {
      throw busy().because(turnedAway);
    } catch (TimeoutException tooLong) {
      leave(waiter);
      turnedAway.increment();
      throw busy().because(tooLong);
    } catch (InterruptedException stopping) {
      leave(waiter);
      Thread.currentThread().interrupt();
      throw busy().because(stopping);
    }
  }

  /** Its turn may have come in this very moment: then the place goes to the next. */
  private void leave(Waiter waiter) {
    boolean called;
    synchronized (this) {
      called = !room.leave(waiter.group, waiter);
    }
    if (called && !waiter.place.isCompletedExceptionally()) {
      waiter.place.join().close();
    }
  }

  /** Who waits in vain hears it soon. */
  private void sweep(long now) {
    if (overloaded && now - lastSweep > SWEEP) {
      lastSweep = now;
      room.turnOut(one -> pressure.hasWaitedInVain(one.came.nanos(), now)).forEach(this::turnAway);
    }
  }

  private void turnAway(Waiter waiter) {
    turnedAway.increment();
    waiter.place.completeExceptionally(busy().thrown());
  }

  private void handOn(String group) {
    Map<Waiter, Place> called = new LinkedHashMap<>();
    synchronized (this) {
      working--;
      long now = System.nanoTime();
      sweep(now);
      pressure.served(room.waiting(), now);
      overloaded = pressure.isOverloaded();
      places.computeIfPresent(group, (same, held) -> held > 1 ? held - 1 : null);
      while (working < config.atOnce()) {
        Optional<Waiter> next = room.next(this::mayHaveOneMore);
        if (next.isEmpty()) {
          break;
        }
        called.put(next.get(), take(next.get().group));
      }
    }
    called.forEach((waiter, place) -> waiter.place.complete(place));
  }

  /** They do not all come again at the same moment. */
  private static Failure.Busy busy() {
    return new Failure.Busy(
        "the door for certificates",
        COME_AGAIN.plusSeconds(ThreadLocalRandom.current().nextInt(SPREAD)));
  }

  private synchronized int waiting() {
    return room.waiting();
  }

  private synchronized int working() {
    return working;
  }
}
