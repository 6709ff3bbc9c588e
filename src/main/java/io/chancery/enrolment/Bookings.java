package io.chancery.enrolment;

import io.chancery.PkiException;
import io.chancery.access.Access.Claim;
import io.chancery.inventory.Entry;
import io.chancery.inventory.Inventory;
import io.chancery.inventory.Transactions;
import io.chancery.inventory.sql.Sql;
import io.chancery.inventory.sql.Trip;
import io.chancery.inventory.together.Convoy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/**
 * What enrolments write, before the HSM is asked and after it: those that meet share a transaction,
 * whichever of the two it is (docs/adr/0027). A crash leaves all of a group or none.
 *
 * <p>What is signed is not harmed by what others intend: where a group of both fails, its records
 * go on without the intentions.
 */
@Singleton
final class Bookings {
  /** A group's transaction takes some milliseconds whatever its size: it is bounded by these. */
  private static final int MOST = 256;

  private static final int ROADS = 1;

  private final Intentions intentions;
  private final Records records;
  private final Transactions transactions;
  private final Sql sql;
  private final Convoy<Booking, Outcome> convoy;
  private final Convoy<Inventory.Signed, Entry> recordsOnly;

  private sealed interface Booking {
    record Of(Intention intention) implements Booking {}

    record OfSigned(Inventory.Signed signed) implements Booking {}
  }

  private sealed interface Outcome {
    record Turned(Turn turn) implements Outcome {}

    record Recorded(Entry entry) implements Outcome {}

    /** Those of both kinds together; nothing was written, or nobody knows whether it was. */
    record Failed(RuntimeException why) implements Outcome {}
  }

  @Inject
  Bookings(Intentions intentions, Records records, Asks asks, Transactions transactions, Sql sql) {
    this.intentions = intentions;
    this.records = records;
    this.transactions = transactions;
    this.sql = sql;
    this.convoy = new Convoy<>(MOST, ROADS, booking -> apart(booking, asks), this::write);
    this.recordsOnly =
        new Convoy<>(MOST, ROADS, one -> one.certificate().serial(), records::record);
  }

  private static Object apart(Booking booking, Asks asks) {
    return switch (booking) {
      case Booking.Of one -> asks.apart(one.intention());
      case Booking.OfSigned one -> one.signed().certificate().serial();
    };
  }

  /**
   * New when the reservation stands; else what came before it, and nothing is reserved. {@code
   * Conflict} where the request key was used in the same moment; {@link Claim.Outdated} where the
   * caller must log in again.
   */
  Turn write(Intention one) {
    Outcome outcome = convoy.go(new Booking.Of(one));
    if (outcome instanceof Outcome.Failed failed) {
      if (Convoy.isAway(failed.why()) && failed.why() instanceof PkiException known) {
        throw new PkiException(known.failure(), known); // it may stand: not written once more
      }
      outcome = write(List.of(new Booking.Of(one))).getFirst();
    }
    return ((Outcome.Turned) outcome).turn();
  }

  /** The book and the roll know the certificate when this returns. */
  Entry record(Inventory.Signed one) {
    return switch (convoy.go(new Booking.OfSigned(one))) {
      case Outcome.Recorded recorded -> recorded.entry();
      // Where it stands after all, it is found there.
      case Outcome.Failed withOthers -> recordsOnly.go(one);
      case Outcome.Turned never -> throw new IllegalStateException(never.toString());
    };
  }

  private List<Outcome> write(List<Booking> all) {
    List<Intention> intended = new ArrayList<>();
    List<Inventory.Signed> signed = new ArrayList<>();
    for (Booking booking : all) {
      switch (booking) {
        case Booking.Of one -> intended.add(one.intention());
        case Booking.OfSigned one -> signed.add(one.signed());
      }
    }
    if (intended.isEmpty()) {
      return records.record(signed).stream().<Outcome>map(Outcome.Recorded::new).toList();
    }
    try {
      return transactions.call(() -> write(all, intended, signed));
    } catch (PkiException | Inventory.Overtaken | Claim.Outdated failed) {
      if (signed.isEmpty()) {
        throw failed;
      }
      return all.stream().<Outcome>map(any -> new Outcome.Failed(failed)).toList();
    }
  }

  private List<Outcome> write(
      List<Booking> all, List<Intention> intended, List<Inventory.Signed> signed) {
    Trip trip = sql.trip();
    List<Turn> turns = new ArrayList<>();
    intentions.ask(intended, turns::addAll, trip);
    List<Entry> entries = signed.isEmpty() ? List.of() : records.add(signed, trip);
    trip.go();
    intentions.enter(intended, turns);
    var turn = turns.iterator();
    var entry = entries.iterator();
    return all.stream()
        .<Outcome>map(
            booking ->
                switch (booking) {
                  case Booking.Of any -> new Outcome.Turned(turn.next());
                  case Booking.OfSigned any -> new Outcome.Recorded(entry.next());
                })
        .toList();
  }
}
