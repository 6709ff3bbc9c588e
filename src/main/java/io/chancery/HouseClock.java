package io.chancery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The time that the house goes by. It is the machine's clock, as long as that one moves like time
 * does: one that steps is not followed. From then on the house counts on from where it was, by the
 * processor's timer, until {@code timekeeping} has found out which of the two is right.
 *
 * <p>While that is open no certificate is signed ({@link #mustBeAgreed}). Status goes on, by this
 * time: a CRL of next year would bind every one that comes after it.
 */
public final class HouseClock implements InstantSource {
  /** More than NTP slews or a leap second steps, less than harms anyone. */
  public static final Duration TOLERANCE = Duration.ofSeconds(60);

  private static final Duration RETRY = Duration.ofSeconds(30);

  /** A reading of two clocks must not be torn apart by a pause between them. */
  private static final long TORN = Duration.ofSeconds(1).toNanos();

  private static final int READINGS = 5;

  private final MachineClock machine;
  private volatile Anchor anchor;

  public HouseClock(MachineClock machine) {
    this.machine = machine;
    this.anchor = anchored(machine, read(machine));
  }

  /**
   * The house does not believe the machine's clock.
   *
   * @param why in words, with what to do
   * @param since by the house's time
   */
  public record Dispute(String why, Instant since) {}

  /** Where the house's time was when the timer stood at {@code nanos}; held: it does not move. */
  private record Anchor(
      Instant house, long nanos, long awake, boolean held, Optional<Dispute> dispute) {
    Instant at(long now) {
      return held ? house : house.plusNanos(now - nanos);
    }
  }

  /** Both clocks at one moment. */
  private record Reading(Instant wall, long nanos) {}

  @Override
  public Instant instant() {
    Anchor from = anchor;
    if (from.dispute().isPresent()) {
      return from.at(machine.nanos());
    }
    Reading now = read(machine);
    return near(now.wall(), from.at(now.nanos())) ? now.wall() : stepped();
  }

  /** What the machine's clock says, whether it is believed or not. */
  public Instant wall() {
    return machine.wall();
  }

  public Optional<Dispute> dispute() {
    return anchor.dispute();
  }

  /** Refuses what would be dated by a clock that nobody can vouch for. */
  public void mustBeAgreed() {
    dispute()
        .ifPresent(
            dispute -> {
              throw new Failure.Unavailable("signing", dispute.why(), RETRY).thrown();
            });
  }

  /** Looks at the machine's clock, and goes by it where it has moved like time does. */
  public synchronized void look() {
    if (anchor.dispute().isEmpty()) {
      Reading now = read(machine);
      if (near(now.wall(), anchor.at(now.nanos()))) {
        anchor = anchored(machine, now);
      } else {
        stepped();
      }
    }
  }

  /** The machine's clock is right: the house goes by it from now on. */
  public synchronized void follow() {
    anchor = anchored(machine, read(machine));
  }

  /** Another witness contradicts the machine's clock: the house goes on from {@code house}. */
  public synchronized void dispute(String why, Instant house) {
    doubt(why, house, false);
  }

  /** The house is ahead of everybody: it stands until the others have come so far. */
  public synchronized void hold(String why, Instant house) {
    doubt(why, house, true);
  }

  /** Whether two clocks show the same time, as clocks do. */
  public static boolean near(Instant one, Instant other) {
    return Duration.between(one, other).abs().compareTo(TOLERANCE) <= 0;
  }

  private void doubt(String why, Instant house, boolean held) {
    Instant since = anchor.dispute().map(Dispute::since).orElse(house);
    anchor =
        new Anchor(
            house,
            machine.nanos(),
            machine.uptimeMillis(),
            held,
            Optional.of(new Dispute(why, since)));
  }

  /** Found by whoever asks for the time first. */
  private synchronized Instant stepped() {
    Anchor from = anchor;
    Reading now = read(machine);
    Instant expected = from.at(now.nanos());
    if (from.dispute().isPresent()) {
      return expected;
    }
    if (near(now.wall(), expected)) {
      return now.wall();
    }
    // The timer stands while the machine sleeps; the other one has counted that.
    Instant rested = expected.plus(slept(from, now.nanos()));
    if (near(now.wall(), rested)) {
      anchor = anchored(machine, now);
      return now.wall();
    }
    dispute(
        "this machine's clock stepped from "
            + rested
            + " to "
            + now.wall()
            + "; set it right (NTP), or restart the service where the new time is the right one",
        rested);
    return rested;
  }

  private Duration slept(Anchor from, long now) {
    long counted = machine.uptimeMillis();
    if (counted < 0 || from.awake() < 0) {
      return Duration.ZERO;
    }
    Duration asleep = Duration.ofMillis(counted - from.awake()).minusNanos(now - from.nanos());
    return asleep.compareTo(Duration.ofSeconds(1)) > 0 ? asleep : Duration.ZERO;
  }

  private static Anchor anchored(MachineClock machine, Reading now) {
    return new Anchor(now.wall(), now.nanos(), machine.uptimeMillis(), false, Optional.empty());
  }

  private static Reading read(MachineClock machine) {
    for (int i = 1; ; i++) {
      long before = machine.nanos();
      Instant now = machine.wall();
      long after = machine.nanos();
      if (after - before < TORN || i == READINGS) {
        return new Reading(now, after);
      }
    }
  }
}
