package io.chancery.audit;

import io.chancery.PkiException;
import io.chancery.Role;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.warrant.DetachedJws;
import io.chancery.warrant.Endorsement;
import io.chancery.warrant.Register;
import io.chancery.warrant.Terms;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.SubjectAltName;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who could say what at a place of the roll, by the roll alone: a person's newest entry before it.
 * Whose certificate was in the book is looked at afterwards.
 */
final class RollPeople implements Register {
  private static final String PREFIX = "person:";

  private final Map<String, Event> people = new HashMap<>();

  void entered(Event event) {
    people.put(event.subject(), event);
  }

  static boolean tellsOf(EventKind kind) {
    return kind == EventKind.PERSON_CREATED || kind == EventKind.PERSON_CHANGED;
  }

  /** A name in a certificate means a person of the organization that owns the certificate. */
  boolean belongsTo(String person, String organization) {
    return Optional.ofNullable(people.get(person.substring(PREFIX.length())))
        .map(event -> organization.equals(event.facts().get("organization")))
        .orElse(false);
  }

  @Override
  public Optional<String> person(DetachedJws.Signed signed, Endorsement said, Terms terms) {
    Event person =
        said.person().startsWith(PREFIX)
            ? people.get(said.person().substring(PREFIX.length()))
            : null;
    if (person == null) {
      return Optional.empty();
    }
    try {
      boolean may =
          person.fact("human").equals("true")
              && person.fact("disabled").isEmpty()
              && (person.fact("actsForAll").equals("true")
                  || person.fact("organization").equals(terms.organization().value()))
              && mayDo(said, words(person, "roles", " "))
              && isKnownBy(signed.certificate(), words(person, "identities", "\n"));
      return may ? Optional.of(said.person()) : Optional.empty();
    } catch (PkiException lacking) {
      return Optional.empty();
    }
  }

  private static boolean mayDo(Endorsement said, Set<String> roles) {
    return switch (said.verdict()) {
      case APPROVE, REVIEW -> roles.contains(Role.APPROVER.name());
      case BREAK_GLASS -> roles.contains(Role.OPERATOR.name()) || roles.contains(Role.ADMIN.name());
    };
  }

  private static boolean isKnownBy(IssuedCertificate certificate, Set<String> identities) {
    return identities.contains("certificate - " + certificate.thumbprint().hex())
        || certificate.names().stream()
            .map(SubjectAltName::text)
            .anyMatch(name -> identities.contains("name - " + name));
  }

  private static Set<String> words(Event event, String fact, String between) {
    return new HashSet<>(Arrays.asList(event.fact(fact).split(between)));
  }
}
