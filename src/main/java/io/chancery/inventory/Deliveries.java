package io.chancery.inventory;

import io.chancery.OrganizationId;
import io.chancery.PkiException;
import io.chancery.inventory.sql.Trip;
import io.chancery.x509.SerialNumber;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jboss.logging.Logger;

/**
 * Which certificates reached the one who asked. Each is expected to be delivered from the moment it
 * is in the book, so that a crash before the answer shows; that the answer went out is gathered and
 * written down a second later. What is listed too much after a crash is that second's; nothing is
 * listed too little.
 */
@Singleton
public final class Deliveries {
  private static final Logger LOG = Logger.getLogger(Deliveries.class);
  private static final int BEFORE_TRANSACTIONS_END = 100;
  private static final int AT_ONCE = 1_000;
  private static final Query.Cursor NEWEST =
      new Query.Cursor(Instant.parse("9999-12-31T23:59:59Z"), SerialNumber.parse("7f"));

  private final DeliveryRows rows;
  private final Transactions transactions;
  private final Queue<String> delivered = new ConcurrentLinkedQueue<>();

  @Inject
  Deliveries(DeliveryRows rows, Transactions transactions) {
    this.rows = rows;
    this.transactions = transactions;
  }

  /** In the transaction that records the certificates. */
  public void expect(List<SerialNumber> serials, Instant at, Trip trip) {
    Transactions.mustBeOpen();
    rows.expect(serials.stream().map(SerialNumber::hex).toList(), at, trip);
  }

  /** The answer went out. */
  public void confirm(SerialNumber serial) {
    delivered.add(serial.hex());
  }

  /** The answer did not go out, or nobody waits for it; a later one that does takes this back. */
  public void failed(SerialNumber serial, String why) {
    try {
      transactions.run(() -> rows.failed(serial.hex(), why));
    } catch (PkiException away) {
      // It stays expected, and is listed as that.
      LOG.warnf("certificate %s was not delivered (%s): %s", serial, why, away.getMessage());
    }
  }

  /** Open, abandoned and undelivered ones, the newest first, one more than fits the page. */
  public List<Unfinished> list(
      Optional<Unfinished.State> state,
      Optional<OrganizationId> organization,
      Optional<Query.Cursor> after,
      int limit) {
    return transactions.call(() -> rows.list(state, organization, after.orElse(NEWEST), limit + 1));
  }

  /** Forgets what was revoked or has ended. */
  public void tidy() {
    transactions.run(rows::tidy);
  }

  void writeDown() {
    while (!delivered.isEmpty()) {
      List<String> batch = new ArrayList<>();
      for (String one = delivered.poll(); one != null; one = delivered.poll()) {
        batch.add(one);
        if (batch.size() == AT_ONCE) {
          break;
        }
      }
      try {
        transactions.run(() -> rows.delivered(batch));
      } catch (PkiException away) {
        delivered.addAll(batch);
        throw away;
      }
    }
  }

  void last(@Observes @Priority(BEFORE_TRANSACTIONS_END) ShutdownEvent event) {
    try {
      writeDown();
    } catch (PkiException databaseAway) {
      LOG.debugf("deliveries stay unconfirmed: %s", databaseAway.getMessage());
    }
  }
}
