package io.chancery.visibility;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Gives receipts. They are not on the roll: the change that they tell of is. */
@Singleton
public final class Receipts {
  private final ReceiptSigner signer;
  private final InstantSource clock;

  @Inject
  Receipts(ReceiptSigner signer, InstantSource clock) {
    this.signer = signer;
    this.clock = clock;
  }

  /** A signed note about what can be seen. */
  public String of(Visibility visibility) {
    return signer.sign(new Receipt(visibility, clock.instant())).toString();
  }
}
