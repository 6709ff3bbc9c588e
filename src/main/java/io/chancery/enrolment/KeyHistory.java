package io.chancery.enrolment;

import io.chancery.Failure;
import io.chancery.inventory.BlockedKeys;
import io.chancery.inventory.Inventory;
import io.chancery.inventory.Transactions;
import io.chancery.profile.Verdict;
import io.chancery.x509.SubjectPublicKey;
import io.chancery.x509.Thumbprint;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * A key that is known to others never gets another certificate, in whatever organization: one that
 * was reported, and one that was revoked as compromised.
 */
@Singleton
final class KeyHistory {
  private static final String RULE = "key-not-compromised";

  private final Transactions transactions;
  private final Inventory inventory;
  private final BlockedKeys blocked;

  @Inject
  KeyHistory(Transactions transactions, Inventory inventory, BlockedKeys blocked) {
    this.transactions = transactions;
    this.inventory = inventory;
    this.blocked = blocked;
  }

  void mustBeClean(SubjectPublicKey key) {
    if (check(key) instanceof Verdict.Refused refused) {
      throw new Failure.Refused(refused.rule(), refused.reason(), refused.remedy()).thrown();
    }
  }

  Verdict check(SubjectPublicKey key) {
    Thumbprint thumbprint = key.thumbprint();
    return transactions
        .call(
            () -> {
              // Whose certificate it was is nobody else's business.
              boolean known =
                  blocked.find(thumbprint).isPresent()
                      || inventory.compromised(thumbprint).isPresent();
              return known
                  ? Optional.of("this key is known to be compromised")
                  : Optional.<String>empty();
            })
        .<Verdict>map(reason -> new Verdict.Refused(RULE, reason, "make a new key"))
        .orElseGet(() -> new Verdict.Accepted(RULE));
  }
}
