package io.chancery.enrolment;

import io.chancery.access.Access;
import io.chancery.inventory.Inventory;
import io.chancery.inventory.Reservation;
import io.chancery.inventory.Transactions;
import io.chancery.inventory.sql.Sql;
import io.chancery.inventory.sql.Trip;
import io.chancery.inventory.together.Convoy;
import io.chancery.ledger.Ledger;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Intentions become durable: serial, exact octets, request key, entry on the roll. Those that come
 * while others are written share the next transaction; a crash leaves all of a group or none.
 */
@Singleton
final class Intentions {
  /** A group's transaction takes some milliseconds whatever its size: it is bounded by these. */
  private static final int MOST = 128;

  private static final int ROADS = 1;

  private final Inventory inventory;
  private final Ledger ledger;
  private final Access access;
  private final Asks asks;
  private final Waiting waiting;
  private final Transactions transactions;
  private final Sql sql;

  private final Convoy<Intention, Turn> convoy;

  @Inject
  Intentions(
      Inventory inventory,
      Ledger ledger,
      Access access,
      Asks asks,
      Waiting waiting,
      Transactions transactions,
      Sql sql) {
    this.inventory = inventory;
    this.ledger = ledger;
    this.access = access;
    this.asks = asks;
    this.waiting = waiting;
    this.transactions = transactions;
    this.sql = sql;
    this.convoy = new Convoy<>(MOST, ROADS, asks::apart, this::write);
  }

  /**
   * New when the reservation stands; else what came before it, and nothing is reserved. {@code
   * Conflict} where the request key was used in the same moment.
   */
  Turn write(Intention one) {
    return convoy.go(one);
  }

  private List<Turn> write(List<Intention> all) {
    return transactions.call(
        () -> {
          List<Turn> turns = new ArrayList<>();
          Trip ask = sql.trip();
          waiting.mustNotBeHalted(ask);
          asks.take(all, turns::addAll, ask);
          ask.go();
          List<Intention> fresh = thoseWithTurn(all, turns);
          if (!fresh.isEmpty()) {
            enter(fresh);
          }
          return turns;
        });
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
