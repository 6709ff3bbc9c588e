package io.chancery.enrolment;

import io.chancery.inventory.Deliveries;
import io.chancery.inventory.Entry;
import io.chancery.inventory.Inventory;
import io.chancery.inventory.Transactions;
import io.chancery.inventory.sql.Sql;
import io.chancery.inventory.sql.Trip;
import io.chancery.ledger.Ledger;
import io.chancery.x509.IssuedCertificate;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What was signed is entered: certificate, entry on the roll, and that its owner lacks it yet. */
@Singleton
final class Records {
  private final Inventory inventory;
  private final Ledger ledger;
  private final Deliveries deliveries;
  private final Transactions transactions;
  private final Sql sql;
  private final InstantSource clock;

  @Inject
  Records(
      Inventory inventory,
      Ledger ledger,
      Deliveries deliveries,
      Transactions transactions,
      Sql sql,
      InstantSource clock) {
    this.inventory = inventory;
    this.ledger = ledger;
    this.deliveries = deliveries;
    this.transactions = transactions;
    this.sql = sql;
    this.clock = clock;
  }

  /**
   * They stand when the trip's transaction is committed. The trip throws {@link
   * Inventory.Overtaken} where one of them was recorded by another.
   */
  List<Entry> add(List<Inventory.Signed> all, Trip trip) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    List<Entry> entries = inventory.record(all, now, trip);
    ledger.appendAll(entries.stream().map(one -> Deeds.issued(one, now)).toList(), trip);
    deliveries.expect(entries.stream().map(Entry::serial).toList(), now, trip);
    return entries;
  }

  /** In a transaction of their own. */
  List<Entry> record(List<Inventory.Signed> all) {
    try {
      return transactions.call(
          () -> {
            Trip trip = sql.trip();
            List<Entry> entries = add(all, trip);
            trip.go();
            return entries;
          });
    } catch (Inventory.Overtaken another) {
      if (all.size() > 1) {
        throw another; // each is recorded by itself
      }
      // Where two finished the same reservation at once, the first one's certificate stands.
      IssuedCertificate mine = all.getFirst().certificate();
      return List.of(transactions.call(() -> inventory.recorded(mine)));
    }
  }
}
