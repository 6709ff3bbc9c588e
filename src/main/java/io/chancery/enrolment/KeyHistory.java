package io.chancery.enrolment;

import io.chancery.Failure;
import io.chancery.inventory.Inventory;
import io.chancery.inventory.Transactions;
import io.chancery.x509.SubjectPublicKey;

/** A key that was once revoked as compromised never gets another certificate. */
final class KeyHistory {
  private KeyHistory() {}

  static void mustBeClean(Transactions transactions, Inventory inventory, SubjectPublicKey key) {
    transactions
        .call(() -> inventory.compromised(key.thumbprint()))
        .ifPresent(
            serial -> {
              throw new Failure.Refused(
                      "key-not-compromised",
                      "this key was revoked as compromised with certificate " + serial,
                      "make a new key")
                  .thrown();
            });
  }
}
