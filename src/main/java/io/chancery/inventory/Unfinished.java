package io.chancery.inventory;

import io.chancery.OrganizationId;
import io.chancery.x509.SerialNumber;
import java.time.Instant;

/** A serial that did not become a certificate in its client's hands, as far as is known. */
public record Unfinished(
    State state,
    SerialNumber serial,
    String profile,
    OrganizationId organization,
    String requester,
    Instant since,
    String why) {
  /** How far it came. */
  public enum State {
    /** Reserved, and not signed yet. */
    OPEN,
    /** Reserved, and given up: never signed. */
    ABANDONED,
    /** Signed and in the book; nobody confirmed that the answer went out. */
    UNDELIVERED
  }

  /** The cursor of the page that begins behind this one. */
  public Query.Cursor cursor() {
    return new Query.Cursor(since, serial);
  }
}
