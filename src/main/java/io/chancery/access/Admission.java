package io.chancery.access;

import io.chancery.Failure;
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
  private int working;
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
    Gauge.builder("chancery.admission.overloaded", this, door -> door.isOverloaded() ? 1 : 0)
        .description("1 while more requests for certificates come than can be served")
        .register(meters);
  }

  /** One who waits: completed with its place, or failed where it gets none. */
  private static final class Waiter {
    final String group;
    final CompletableFuture<Place> place = new CompletableFuture<>();
    final long since = System.nanoTime();

    Waiter(String group) {
      this.group = group;
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

  /** Waits for a place among those that show the same credential; {@code Busy} where none comes. */
  public Place enter(Credential shown) {
    Waiter waiter = new Waiter(shown.fingerprint());
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
    int places =
        pressure.isOverloaded() ? Math.min(config.queue(), pressure.room()) : config.queue();
    room.enter(waiter.group, waiter, places).ifPresent(Admission::turnAway);
    pressure.waits(room.waiting(), waiter.since);
    sweep(waiter.since);
    return Optional.empty();
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
    if (pressure.isOverloaded() && now - lastSweep > SWEEP) {
      lastSweep = now;
      room.turnOut(one -> pressure.hasWaitedInVain(one.since, now)).forEach(Admission::turnAway);
    }
  }

  private static void turnAway(Waiter waiter) {
    waiter.place.completeExceptionally(busy().thrown());
  }

  private void handOn(String group) {
    Map<Waiter, Place> called = new LinkedHashMap<>();
    synchronized (this) {
      working--;
      long now = System.nanoTime();
      sweep(now);
      pressure.served(room.waiting(), now);
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

  private synchronized boolean isOverloaded() {
    return pressure.isOverloaded();
  }

  private synchronized int waiting() {
    return room.waiting();
  }

  private synchronized int working() {
    return working;
  }
}
