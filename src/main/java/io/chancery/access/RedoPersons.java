package io.chancery.access;

import io.chancery.OrganizationId;
import io.chancery.Role;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Redo;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
        rows.findByIdOptional(event.subject()),
        new Person(
            event.subject(),
            new OrganizationId(event.fact("organization")),
            event.fact("displayName"),
            event.fact("contact"),
            Boolean.parseBoolean(event.fact("human")),
            parts(event, "roles", " ").stream().map(Role::valueOf).collect(Collectors.toSet()),
            Boolean.parseBoolean(event.fact("actsForAll")),
            parts(event, "profiles", " "),
            parts(event, "names", " "),
            parts(event, "identities", "\n").stream().map(Identity::parse).toList(),
            Optional.of(event.fact("disabled"))
                .filter(text -> !text.isEmpty())
                .map(Instant::parse)));
  }

  private static List<String> parts(Event event, String fact, String between) {
    String text = event.fact(fact);
    return text.isEmpty() ? List.of() : List.of(text.split(between));
  }
}
