package io.chancery.revocation.bulk;

import io.chancery.Caller;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Asks people for their word on a list. */
@Singleton
final class Asking {
  private final BulkRows rows;

  @Inject
  Asking(BulkRows rows) {
    this.rows = rows;
  }

  void ask(Caller caller, Bulk bulk, byte[] octets, String comment) {
    throw new IllegalStateException(caller.name() + bulk + octets.length + comment + rows);
  }
}
