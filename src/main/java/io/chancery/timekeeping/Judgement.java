package io.chancery.timekeeping;

import static io.chancery.HouseClock.TOLERANCE;
import static io.chancery.HouseClock.near;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What to make of three clocks: the machine's, the database's, and the house's own count. A pure
 * function ({@code docs/adr/0013-a-clock-that-steps.md}).
 */
sealed interface Judgement {
  /** Everything stays as it is. */
  record Keep() implements Judgement {}

  /** The machine's clock is right. */
  record Follow() implements Judgement {}

  /** Nobody knows: the house goes on from {@code house}, and promises nothing. */
  record Doubt(String why, Instant house) implements Judgement {}

  /** The house is ahead and waits there until time has come so far. */
  record Hold(String why, Instant house) implements Judgement {}

  /**
   * The database's clock.
   *
   * @param elsewhere whether it is another machine's, and so a witness of its own
   */
  record Sighting(Instant time, boolean elsewhere) {}

  /** While the service runs. Without the database nothing is settled, and nothing can be issued. */
  static Judgement of(
      Instant house, Instant machine, boolean disputed, Optional<Sighting> database) {
    if (database.isEmpty()) {
      return new Keep();
    }
    Sighting other = database.get();
    boolean bothAgree = near(machine, other.time());
    if (!disputed) {
      return bothAgree ? new Keep() : new Doubt(apart(machine, other.time()), house);
    }
    if (!bothAgree) {
      return new Keep();
    }
    if (near(machine, house) || (other.elsewhere() && machine.isAfter(house))) {
      return new Follow();
    }
    return other.elsewhere() ? new Hold(ahead(machine, house), house) : new Keep();
  }

  /**
   * At start, where there is no count to go by.
   *
   * @param newest the newest time on the roll
   * @param rest so long a service may have stood still without anybody asking why
   * @param believed what the operator says that the time is at least
   */
  static Judgement atStart(
      Instant machine,
      Optional<Sighting> database,
      Optional<Instant> newest,
      Duration rest,
      Optional<Instant> believed) {
    if (believed.filter(time -> isJustAfter(machine, time)).isPresent()) {
      return new Follow();
    }
    Optional<Instant> other = database.map(Sighting::time);
    if (other.filter(time -> !near(machine, time)).isPresent()) {
      return either(machine, other.get(), newest);
    }
    if (newest.isEmpty()) {
      return new Keep();
    }
    Instant known = newest.get();
    if (isBehind(machine, known)) {
      return new Hold(ahead(machine, known), known);
    }
    boolean alone = database.filter(Sighting::elsewhere).isEmpty();
    return alone && machine.isAfter(known.plus(rest))
        ? new Doubt(rested(machine, known), known)
        : new Keep();
  }

  /** Two that differ: the earlier one that the roll does not contradict does the least harm. */
  private static Judgement either(Instant machine, Instant database, Optional<Instant> newest) {
    String why = apart(machine, database);
    Instant earlier = machine.isBefore(database) ? machine : database;
    Instant later = machine.isBefore(database) ? database : machine;
    Instant known = newest.orElse(earlier);
    if (!isBehind(earlier, known)) {
      return new Doubt(why, earlier);
    }
    return isBehind(later, known) ? new Hold(why, known) : new Doubt(why, later);
  }

  private static boolean isBehind(Instant clock, Instant known) {
    return clock.isBefore(known.minus(TOLERANCE));
  }

  private static boolean isJustAfter(Instant clock, Instant time) {
    return !clock.isBefore(time) && clock.isBefore(time.plus(Duration.ofDays(1)));
  }

  private static String apart(Instant machine, Instant database) {
    return "this machine's clock says "
        + machine
        + " and the database's "
        + database
        + "; set the wrong one right (NTP)";
  }

  private static String ahead(Instant machine, Instant known) {
    return "the clock says "
        + machine
        + ", and what was signed or recorded is of "
        + known
        + "; set the clock right, or wait until it comes to that time";
  }

  private static String rested(Instant machine, Instant known) {
    return "the clock says "
        + machine
        + ", and the newest entry on the roll is of "
        + known
        + "; set the clock right, or, where it is right, start once with -Dchancery.clock.believe="
        + machine;
  }
}
