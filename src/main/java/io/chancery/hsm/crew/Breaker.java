package io.chancery.hsm.crew;

import io.chancery.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Open while the token cannot work: callers are refused at once instead of each waiting for
 * nothing. A probe is sent every now and then, and closes it when the token works again.
 */
public final class Breaker {
  private static final System.Logger LOG = System.getLogger(Breaker.class.getName());
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private final String name;
  private final InstantSource clock;
  private volatile Optional<Trip> trip = Optional.empty();
  private Duration pause = FIRST;
  private long next;
  private volatile boolean probing;

  /** Why it is open, and since when. */
  public record Trip(String reason, Instant since) {}

  /** As an operator reads it. */
  public enum State {
    CLOSED,
    OPEN,
    /** A probe is under way. */
    HALF_OPEN
  }

  public Breaker(String name, InstantSource clock) {
    this.name = name;
    this.clock = clock;
  }

  /** Lets a caller through, or refuses it in words. */
  public void pass() {
    Optional<Trip> open = trip;
    if (open.isPresent()) {
      throw new Failure.Unavailable("HSM", open.get().reason(), RETRY).thrown();
    }
  }

  /** The token cannot work. One that is open already stays so since its first time. */
  public synchronized void trip(String reason) {
    Instant since = trip.map(Trip::since).orElseGet(clock::instant);
    if (trip.isEmpty()) {
      LOG.log(System.Logger.Level.ERROR, name + " is away: " + reason);
      pause = FIRST;
      next = System.nanoTime() + pause.toNanos();
    }
    trip = Optional.of(new Trip(reason, since));
  }

  /** The token has worked. */
  public synchronized void close() {
    trip.ifPresent(
        open ->
            LOG.log(
                System.Logger.Level.WARNING,
                name + " works again; it was away since " + open.since() + ": " + open.reason()));
    trip = Optional.empty();
  }

  /** Whether it is time for a probe; the one who is told yes sends it and says when it is over. */
  public synchronized boolean wantsProbe(long now) {
    if (trip.isEmpty() || probing || now - next < 0) {
      return false;
    }
    probing = true;
    return true;
  }

  /** The probe is over; {@link #close} was called if it went well. */
  public synchronized void probed() {
    probing = false;
    pause = pause.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : pause.multipliedBy(2);
    next = System.nanoTime() + pause.toNanos();
  }

  public Optional<Trip> open() {
    return trip;
  }

  public State state() {
    if (trip.isEmpty()) {
      return State.CLOSED;
    }
    return probing ? State.HALF_OPEN : State.OPEN;
  }
}
