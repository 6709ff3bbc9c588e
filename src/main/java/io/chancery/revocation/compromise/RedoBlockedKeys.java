package io.chancery.revocation.compromise;

import io.chancery.inventory.BlockedKeys;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Redo;
import io.chancery.x509.Thumbprint;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Blocked keys; their certificates' revocations have entries of their own. */
@Singleton
final class RedoBlockedKeys implements Redo {
  private final BlockedKeys blocked;

  @Inject
  RedoBlockedKeys(BlockedKeys blocked) {
    this.blocked = blocked;
  }

  @Override
  public Set<EventKind> kinds() {
    return Set.of(EventKind.KEY_BLOCKED);
  }

  @Override
  public void redo(Event event) {
    blocked.block(
        new BlockedKeys.Blocked(
            new Thumbprint(event.subject()),
            event.at(),
            event.actor(),
            BlockedKeys.Proof.parse(event.fact("proof")),
            Optional.of(event.fact("invalidityDate"))
                .filter(text -> !text.isEmpty())
                .map(Instant::parse)));
  }
}
