package io.chancery.membership;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.access.Persons;
import io.chancery.approval.Execution;
import io.chancery.approval.Proposal;
import io.chancery.warrant.Deed;
import io.chancery.warrant.Warrant;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** A person is entered or changed as people approved it. */
@Singleton
final class RolesExecution implements Execution {
  private static final Caller SELF = new Caller.Authority("approval");

  private final Persons persons;

  @Inject
  RolesExecution(Persons persons) {
    this.persons = persons;
  }

  @Override
  public Deed deed() {
    return Deed.ROLES;
  }

  @Override
  public String carryOut(Proposal proposal, Warrant warrant) {
    Change change = Change.read(proposal.exact());
    if (!change.before().equals(Change.digest(persons.findWithin(change.person().id())))) {
      throw new Failure.Conflict(
              "person " + change.person().id(),
              "was changed since this was proposed",
              "propose it again")
          .thrown();
    }
    persons.keepWithin(SELF, change.person());
    return "person " + change.person().id();
  }
}
