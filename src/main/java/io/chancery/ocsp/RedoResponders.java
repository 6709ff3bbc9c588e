package io.chancery.ocsp;

import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Redo;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Set;

/** Which responder certificate is in use. */
@Singleton
final class RedoResponders implements Redo {
  private final ResponderRows rows;

  @Inject
  RedoResponders(ResponderRows rows) {
    this.rows = rows;
  }

  @Override
  public Set<EventKind> kinds() {
    return Set.of(EventKind.RESPONDER_CHANGED);
  }

  @Override
  public void redo(Event event) {
    rows.set(event.subject(), event.fact("serial"), event.at());
  }
}
