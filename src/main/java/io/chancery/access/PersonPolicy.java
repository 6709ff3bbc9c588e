package io.chancery.access;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.Role;

/** Who may enter and change whom. */
final class PersonPolicy {
  private PersonPolicy() {}

  static void mustMakeSense(Person person) {
    if (!person.human() && person.roles().contains(Role.APPROVER)) {
      throw refused("approver-is-human", "a program cannot be the second person", "take it away");
    }
    if (person.roles().isEmpty()) {
      throw refused("person-has-role", "a person needs a role", "name at least one");
    }
  }

  /**
   * An organization's own administrator gives roles in it and nothing else, to holders of its own
   * certificates: whoever could enter another issuer's tokens or certificates could take somebody
   * else's before they do.
   */
  static void mustBeAllowed(Caller by, Person person) {
    if (by.actsForAll()) {
      return;
    }
    if (!by.organization().equals(person.organization())) {
      throw new Failure.NotFound("organization", person.organization().value()).thrown();
    }
    if (person.actsForAll()) {
      throw new Failure.Forbidden("a role in every organization", "such a role").thrown();
    }
    boolean names =
        person.identities().stream()
            .allMatch(one -> one.kind() == Identity.Kind.NAME && one.issuer().isEmpty());
    if (!names) {
      throw new Failure.Forbidden(
              "an identity that is no name in this authority's certificates",
              "an administrator of every organization")
          .thrown();
    }
  }

  private static PkiException refused(String rule, String why, String remedy) {
    return new Failure.Refused(rule, why, remedy).thrown();
  }
}
