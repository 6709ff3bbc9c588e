package io.chancery.inventory;

import io.chancery.x509.IssuerName;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;

/**
 * Before which time no certificate of an issuer begins any more that is not reserved already.
 *
 * <p>Who makes a statement about <em>all</em> certificates that begin before some time raises the
 * floor to it first. {@link Inventory#reserve} refuses what begins below.
 */
@Singleton
public final class NotBeforeFloor {
  private final NotBeforeFloorRows rows;

  @Inject
  NotBeforeFloor(NotBeforeFloorRows rows) {
    this.rows = rows;
  }

  /**
   * Raises the floor, waiting shortly for reservations that are being made, and returns where it
   * is: never lower than it was.
   */
  public Instant raise(IssuerName issuer, Instant to) {
    Transactions.mustBeOpen();
    return rows.raise(issuer, to);
  }
}
