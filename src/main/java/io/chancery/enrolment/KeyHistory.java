package io.chancery.enrolment;

import io.chancery.Failure;
import io.chancery.inventory.Inventory;
import io.chancery.inventory.Transactions;
import io.chancery.profile.Verdict;
import io.chancery.x509.SubjectPublicKey;

/** A key that was once revoked as compromised never gets another certificate. */
final class KeyHistory {
  private static final String RULE = "key-not-compromised";

  private KeyHistory() {}

  static void mustBeClean(Transactions transactions, Inventory inventory, SubjectPublicKey key) {
    if (check(transactions, inventory, key) instanceof Verdict.Refused refused) {
      throw new Failure.Refused(refused.rule(), refused.reason(), refused.remedy()).thrown();
    }
  }

  static Verdict check(Transactions transactions, Inventory inventory, SubjectPublicKey key) {
    return transactions
        .call(() -> inventory.compromised(key.thumbprint()))
        .<Verdict>map(
            serial ->
                new Verdict.Refused(
                    RULE,
                    "this key was revoked as compromised with certificate " + serial,
                    "make a new key"))
        .orElseGet(() -> new Verdict.Accepted(RULE));
  }
}
