package io.chancery.membership;

import io.chancery.Caller;
import io.chancery.access.Person;
import io.chancery.access.Persons;
import io.chancery.approval.Approvals;
import io.chancery.approval.Draft;
import io.chancery.approval.Proposal;
import io.chancery.warrant.Deed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Changes of people. Whoever only asks for certificates of its own organization is entered at once;
 * more than that takes other people's approval, and so does a change of somebody who has more.
 * Taking somebody out never waits.
 */
@Singleton
public final class Powers {
  private final Persons persons;
  private final Approvals approvals;
  private final InstantSource clock;

  @Inject
  Powers(Persons persons, Approvals approvals, InstantSource clock) {
    this.persons = persons;
    this.approvals = approvals;
    this.clock = clock;
  }

  /** What became of a change. */
  public sealed interface Outcome {}

  /** It is done. */
  public record Kept(Person person) implements Outcome {}

  /** It waits for others. */
  public record Proposed(Proposal proposal) implements Outcome {}

  /** Enters a person, or changes all of one; {@code comment} is for those who approve it. */
  public Outcome keep(Caller by, Person person, String comment) {
    Optional<Person> before = persons.find(person.id());
    boolean power = person.hasPower() || before.filter(Person::hasPower).isPresent();
    if (!power || approvals.needed(Deed.ROLES) == 0) {
      return new Kept(persons.keep(by, person));
    }
    persons.check(by, person);
    Change change = new Change(person, Change.digest(before));
    return new Proposed(
        approvals.propose(
            by,
            new Draft(
                Deed.ROLES,
                person.id(),
                person.organization(),
                change.exact(),
                change.summary(before),
                comment)));
  }

  /** No longer served, from the next request on. */
  public void disable(Caller by, Person person) {
    if (person.disabledAt().isEmpty()) {
      persons.keep(by, person.disabled(Optional.of(clock.instant())));
    }
  }
}
