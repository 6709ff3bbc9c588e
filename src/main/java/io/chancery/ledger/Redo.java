package io.chancery.ledger;

import java.util.Set;

/**
 * A room's part in a replay: what its events did to the database is done again.
 *
 * <p>Runs in a transaction, in the order of the roll. What is there already stays as it is, so that
 * a replay that was cut off can begin again.
 */
public interface Redo {
  /** The kinds that this room writes; every kind has exactly one room, or changes nothing. */
  Set<EventKind> kinds();

  void redo(Event event);
}
