package io.chancery.audit;

import io.chancery.audit.report.Place;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import java.sql.Connection;
import java.util.Set;

/** Follows the deeds of some kinds through the roll, and at the end looks at their tables. */
interface DeedAudit {
  Set<EventKind> kinds();

  /** The next entry of these kinds, in the order of the roll. */
  void see(Place place, Event event);

  /** After the last entry: whether the tables hold what the entries add up to. */
  void compare(Connection connection);
}
