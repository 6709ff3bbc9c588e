package io.chancery.canary;

import io.chancery.inventory.Transactions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/** What the canary found last, whichever replica let it fly. */
@Singleton
public final class Flights {
  private final FlightRows rows;
  private final Transactions transactions;

  @Inject
  Flights(FlightRows rows, Transactions transactions) {
    this.rows = rows;
    this.transactions = transactions;
  }

  public List<Flight> newest() {
    return transactions.call(rows::all);
  }

  void keep(List<Flight> flights) {
    transactions.run(
        () -> {
          flights.forEach(rows::keep);
          rows.keepOnly(flights.stream().map(Flight::address).toList());
        });
  }
}
