package io.chancery.enrolment;

import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Redo;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Clients that were stopped, and those that an operator let go on. */
@Singleton
final class RedoPauses implements Redo {
  private final PauseRows rows;

  @Inject
  RedoPauses(PauseRows rows) {
    this.rows = rows;
  }

  @Override
  public Set<EventKind> kinds() {
    return Set.of(EventKind.CLIENT_PAUSED, EventKind.CLIENT_RESUMED);
  }

  @Override
  public void redo(Event event) {
    UUID id = UUID.fromString(event.subject());
    if (event.kind() == EventKind.CLIENT_RESUMED) {
      rows.deleteById(id);
    } else if (rows.findByIdOptional(id).isEmpty()) {
      rows.persist(PauseRow.of(pause(id, event), client(event)));
    }
  }

  private static Pause pause(UUID id, Event event) {
    return new Pause(
        id,
        event.organization(),
        event.fact("profile"),
        names(event),
        Integer.parseInt(event.fact("asked")),
        Instant.parse(event.fact("since")));
  }

  private static Client client(Event event) {
    return new Client(event.organization(), event.fact("profile"), names(event));
  }

  private static List<String> names(Event event) {
    String text = event.fact("names");
    return text.isEmpty() ? List.of() : List.of(text.split("\n"));
  }
}
