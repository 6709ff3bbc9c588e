package io.chancery.enrolment;

import io.chancery.access.Access;
import io.chancery.inventory.Inventory;
import io.chancery.inventory.Reservation;
import io.chancery.inventory.sql.Sql;
import io.chancery.inventory.sql.Trip;
import io.chancery.ledger.Ledger;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Intentions are entered: serial, exact octets, request key, entry on the roll. */
@Singleton
final class Intentions {
  private final Inventory inventory;
  private final Ledger ledger;
  private final Access access;
  private final Asks asks;
  private final Waiting waiting;
  private final Sql sql;

  @Inject
  Intentions(
      Inventory inventory, Ledger ledger, Access access, Asks asks, Waiting waiting, Sql sql) {
    this.inventory = inventory;
    this.ledger = ledger;
    this.access = access;
    this.asks = asks;
    this.waiting = waiting;
    this.sql = sql;
  }

  /**
   * Whose turn it is, told when the trip is back; the trip throws where signing is halted, or a
   * login does not stand any more.
   */
  void ask(List<Intention> all, Consumer<List<Turn>> turns, Trip trip) {
    access.confirm(all.stream().flatMap(one -> one.claim().stream()).toList(), trip);
    waiting.mustNotBeHalted(trip);
    asks.take(all, turns, trip);
  }

  /**
   * Those whose turn is new, in the transaction in which that was asked. {@code Conflict} where a
   * request key was used in the same moment.
   */
  void enter(List<Intention> all, List<Turn> turns) {
    List<Intention> fresh = thoseWithTurn(all, turns);
    if (!fresh.isEmpty()) {
      enter(fresh);
    }
  }

  private void enter(List<Intention> all) {
    Trip trip = sql.trip();
    // First, so that of two racing repetitions the second waits here and spends nothing.
    inventory.bind(all.stream().flatMap(Intentions::binding).toList(), trip);
    access.spend(all.stream().map(one -> one.request().caller()).toList(), trip);
    inventory.reserve(all.stream().map(Intention::reservation).toList(), trip);
    ledger.appendAll(
        all.stream()
            .map(one -> Deeds.reserved(one.reservation(), one.request().csr(), one.key()))
            .toList(),
        trip);
    trip.go();
    all.stream()
        .filter(one -> one.reservation().approvals() > 0)
        .forEach(one -> waiting.propose(one.request(), one.reservation()));
  }

  private static List<Intention> thoseWithTurn(List<Intention> all, List<Turn> turns) {
    List<Intention> fresh = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (turns.get(i) instanceof Turn.New) {
        fresh.add(all.get(i));
      }
    }
    return fresh;
  }

  private static Stream<Inventory.Binding> binding(Intention one) {
    Reservation reservation = one.reservation();
    return one.key().stream()
        .map(key -> new Inventory.Binding(key, reservation.serial(), reservation.reservedAt()));
  }
}
