package io.chancery.cli.serve;

import io.chancery.Caller;
import io.chancery.OrganizationId;
import io.chancery.Role;
import io.chancery.access.Identity;
import io.chancery.access.Person;
import io.chancery.access.Persons;
import io.chancery.enrolment.Enrolment;
import io.chancery.enrolment.EnrolmentRequest;
import io.chancery.inventory.Entry;
import io.chancery.issuance.Issuers;
import io.chancery.profile.ProfileName;
import io.chancery.x509.Csr;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.SubjectAltName;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the first people: whoever may run this program on the authority's keys appoints them. Each
 * is a person of its own, known by the name in its certificate.
 */
@Singleton
public final class Administrators {
  /** The profile of their certificates. */
  public static final ProfileName PROFILE = new ProfileName("tls-client");

  private static final String NAME = "urn:chancery:person:";
  private static final Caller SELF = new Caller.Authority("administrator");

  private final Persons persons;
  private final Enrolment enrolment;
  private final Issuers issuers;

  @Inject
  Administrators(Persons persons, Enrolment enrolment, Issuers issuers) {
    this.persons = persons;
    this.enrolment = enrolment;
    this.issuers = issuers;
  }

  /** Enters somebody with these roles in every organization. */
  public Person enter(String displayName, Set<Role> roles) {
    String id = persons.freshId();
    return persons.keep(
        SELF,
        new Person(
            id,
            OrganizationId.AUTHORITY,
            displayName,
            "",
            true,
            roles,
            true,
            List.of(),
            List.of(),
            List.of(new Identity(Identity.Kind.NAME, "", name(id).text())),
            Optional.empty()));
  }

  /** Whom this certificate was made for by {@link #certify}. */
  public Optional<Person> holderOf(IssuedCertificate certificate) {
    return certificate.names().stream()
        .map(SubjectAltName::value)
        .filter(value -> value.startsWith(NAME))
        .findFirst()
        .flatMap(value -> persons.find(value.substring(NAME.length())));
  }

  /** A certificate for this key and this person; what else the request asks is ignored. */
  public Entry certify(Person person, Csr csr) {
    return enrolment.issue(
        new EnrolmentRequest(
            SELF,
            OrganizationId.AUTHORITY,
            PROFILE,
            csr,
            List.of(name(person.id())),
            Optional.empty(),
            "",
            Optional.empty(),
            Optional.empty()));
  }

  private static SubjectAltName name(String id) {
    return new SubjectAltName.Uri(NAME + id);
  }

  /** The certificate and its issuer, as clients present them. */
  public String pem(Entry entry) {
    return entry.certificate().pem() + issuers.named(entry.issuer()).certificate().pem();
  }
}
