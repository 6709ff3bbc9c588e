package io.chancery.audit.rows;

import io.chancery.PkiException;
import io.chancery.audit.report.FindingKind;
import io.chancery.audit.report.Findings;
import io.chancery.audit.report.Place;
import io.chancery.ledger.Event;
import java.util.Optional;

/** Bodies of entries, read back. */
public final class EntryBody {
  private EntryBody() {}

  /** The event of the body; one that is none is reported. */
  public static Optional<Event> event(Place place, byte[] body, Findings findings) {
    try {
      return Optional.of(Event.parse(body));
    } catch (PkiException none) {
      findings.about(place, FindingKind.ENTRY_UNREADABLE, none.failure().detail());
      return Optional.empty();
    }
  }
}
