package io.chancery.access;

import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Redo;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Set;

/** People that the roll knows and the database does not. Each entry says all of one. */
@Singleton
final class RedoPersons implements Redo {
  private final Persons persons;
  private final PersonRows rows;

  @Inject
  RedoPersons(Persons persons, PersonRows rows) {
    this.persons = persons;
    this.rows = rows;
  }

  @Override
  public Set<EventKind> kinds() {
    return Set.of(EventKind.PERSON_CREATED, EventKind.PERSON_CHANGED);
  }

  @Override
  public void redo(Event event) {
    persons.write(
        rows.findByIdOptional(event.subject()), PersonText.read(event.subject(), event::fact));
  }
}
