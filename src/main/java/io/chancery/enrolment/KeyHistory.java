package io.chancery.enrolment;

import io.chancery.Failure;
import io.chancery.inventory.BlockedKeys;
import io.chancery.inventory.together.Convoy;
import io.chancery.profile.Verdict;
import io.chancery.x509.SubjectPublicKey;
import io.chancery.x509.Thumbprint;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * A key that is known to others never gets another certificate, in whatever organization: one that
 * was reported, and one that was revoked as compromised.
 */
@Singleton
final class KeyHistory {
  private static final String RULE = "key-not-compromised";
  private static final String KNOWN = "this key is known to be compromised";
  private static final String REMEDY = "make a new key";

  private final Convoy<Thumbprint, Boolean> known;

  @Inject
  KeyHistory(BlockedKeys blocked) {
    this.known = Convoy.ofQuestions(blocked::known);
  }

  void mustBeClean(SubjectPublicKey key) {
    if (known.go(key.thumbprint())) {
      throw refused().thrown();
    }
  }

  /** For the transaction that would reserve, where the key is looked for with all else. */
  static Failure refused() {
    return new Failure.Refused(RULE, KNOWN, REMEDY);
  }

  Verdict check(SubjectPublicKey key) {
    // Whose certificate it was is nobody else's business.
    return known.go(key.thumbprint())
        ? new Verdict.Refused(RULE, KNOWN, REMEDY)
        : new Verdict.Accepted(RULE);
  }
}
