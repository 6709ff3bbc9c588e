package io.chancery.audit.rows;

import io.chancery.Quoted;
import io.chancery.ledger.Event;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.StringJoiner;

/** Holds columns against the facts of an event. What an older event does not say is passed over. */
public final class Comparison {
  /** The database keeps microseconds and rounds. */
  private static final Duration ROUNDING = Duration.ofNanos(1000);

  private final Event event;
  private final StringJoiner found = new StringJoiner("; ");

  public Comparison(Event event) {
    this.event = event;
  }

  /** The column that belongs to this fact. */
  public Comparison text(String fact, String column) {
    Optional.ofNullable(event.facts().get(fact)).ifPresent(said -> same(fact, column, said));
    return this;
  }

  /** The same for what every event has. */
  public Comparison member(String what, String column, String said) {
    same(what, column, said);
    return this;
  }

  public Comparison time(String fact, Optional<Instant> column) {
    Optional.ofNullable(event.facts().get(fact))
        .filter(said -> !isTime(said, column))
        .ifPresent(said -> same(fact, column.map(Instant::toString).orElse(""), said));
    return this;
  }

  public Comparison time(String what, Instant column, Instant said) {
    if (!isNear(column, said)) {
      same(what, column.toString(), said.toString());
    }
    return this;
  }

  /** Something that is not compared as text. */
  public Comparison unless(Boolean holds, String otherwise) {
    if (!holds) {
      found.add(otherwise);
    }
    return this;
  }

  /** Every difference in one line; empty where there is none. */
  public Optional<String> differences() {
    return found.length() == 0 ? Optional.empty() : Optional.of(found.toString());
  }

  private void same(String what, String column, String said) {
    if (!column.equals(said)) {
      found.add(what + " is " + Quoted.of(column) + ", the roll says " + Quoted.of(said));
    }
  }

  private static boolean isTime(String said, Optional<Instant> column) {
    if (said.isEmpty() || column.isEmpty()) {
      return said.isEmpty() && column.isEmpty();
    }
    try {
      return isNear(column.get(), Instant.parse(said));
    } catch (DateTimeException none) {
      return false;
    }
  }

  private static boolean isNear(Instant one, Instant other) {
    return Duration.between(one, other).abs().compareTo(ROUNDING) <= 0;
  }
}
