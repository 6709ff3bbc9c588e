package io.chancery.access;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.Role;
import io.chancery.access.jwt.Bearer;
import io.chancery.inventory.Transactions;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Ledger;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Who may call, by what they are known, and what each may do. */
@Singleton
public final class Persons {
  private static final int ID_OCTETS = 16;

  private final PersonRows rows;
  private final IdentityRows identities;
  private final Organizations organizations;
  private final Ledger ledger;
  private final Transactions transactions;
  private final SecureRandom random;
  private final InstantSource clock;

  @Inject
  Persons(
      PersonRows rows,
      IdentityRows identities,
      Organizations organizations,
      Ledger ledger,
      Transactions transactions,
      SecureRandom random,
      InstantSource clock) {
    this.rows = rows;
    this.identities = identities;
    this.organizations = organizations;
    this.ledger = ledger;
    this.transactions = transactions;
    this.random = random;
    this.clock = clock;
  }

  /** An id that nobody had before. */
  public String freshId() {
    byte[] octets = new byte[ID_OCTETS];
    random.nextBytes(octets);
    return "p-" + HexFormat.of().formatHex(octets);
  }

  /**
   * Enters a person, or changes one. {@code Conflict} where an identity stands for somebody else,
   * or where nobody would be left to administer everything.
   */
  public Person keep(Caller by, Person person) {
    return transactions.call(() -> keepWithin(by, person));
  }

  /** The same in the transaction of something else. */
  public Person keepWithin(Caller by, Person person) {
    Transactions.mustBeOpen();
    Optional<PersonRow> there = mustBePossible(by, person);
    write(there, person);
    ledger.append(
        event(by, there.isPresent() ? EventKind.PERSON_CHANGED : EventKind.PERSON_CREATED, person));
    return person;
  }

  /** Whether {@link #keep} would do it now; throws what it would throw. */
  public void check(Caller by, Person person) {
    transactions.run(() -> mustBePossible(by, person));
  }

  private Optional<PersonRow> mustBePossible(Caller by, Person person) {
    PersonPolicy.mustMakeSense(person);
    PersonPolicy.mustBeAllowed(by, person);
    organizations.mustExist(person.organization());
    if (person.disabledAt().isEmpty()) {
      organizations.mustTakeMembers(person.organization());
    }
    Optional<PersonRow> there = rows.findByIdOptional(person.id());
    there.ifPresent(row -> mustStay(row, person));
    person.identities().forEach(identity -> mustBeFree(person, identity));
    there.ifPresent(row -> mustLeaveAnother(row, person));
    return there;
  }

  /** The person, wherever it belongs. */
  public Optional<Person> find(String id) {
    return transactions.call(() -> rows.findByIdOptional(id).map(this::whole));
  }

  /** The same in the transaction of something else. */
  public Optional<Person> findWithin(String id) {
    Transactions.mustBeOpen();
    return rows.findByIdOptional(id).map(this::whole);
  }

  /** The people of an organization, by name. */
  public List<Person> of(OrganizationId organization) {
    return transactions.call(
        () ->
            rows.find("organization = ?1 order by displayName, id", organization.value()).stream()
                .map(this::whole)
                .toList());
  }

  /** Who a certificate of this authority stands for, if for a person. */
  Optional<Person> holderOf(OrganizationId owner, String thumbprint, Collection<String> names) {
    return one(
        identities.everywhere("", thumbprint, names).stream()
            .filter(one -> one.isCertificate() || one.organization().equals(owner.value()))
            .toList());
  }

  /** Who a foreign authority's certificate stands for. */
  Optional<Person> knownBy(String authority, String thumbprint, Collection<String> names) {
    return one(identities.everywhere(authority, thumbprint, names));
  }

  /** Who another issuer's token stands for. */
  Optional<Person> knownBy(Bearer bearer) {
    return one(identities.everywhere(Identity.Kind.TOKEN.text(), bearer.issuer(), bearer.value()));
  }

  /** The caller, where it and its organization are still served. */
  Caller served(Person person) {
    if (person.disabledAt().isPresent()) {
      throw Access.unauthenticated(
          person.displayName() + " is no longer served since " + person.disabledAt().get(),
          "ask an administrator");
    }
    organizations.mustBeActive(person.organization());
    return person.caller();
  }

  /** The narrowing of what its organization may ask. */
  Entitlement narrowing(String id) {
    return transactions.call(
        () -> {
          PersonRow row = row(id);
          return new Entitlement(List.of(row.profiles), List.of(row.names), List.of());
        });
  }

  private Optional<Person> one(List<IdentityRows.Standing> found) {
    List<String> ids = found.stream().map(IdentityRows.Standing::person).distinct().toList();
    if (ids.size() > 1) {
      throw Access.unauthenticated(
          "the credential stands for more than one person", "ask an administrator to tell which");
    }
    return ids.stream().findFirst().map(this::row).map(row -> row.person(List.of()));
  }

  private PersonRow row(String id) {
    return rows.findByIdOptional(id).orElseThrow(() -> new Failure.NotFound("person", id).thrown());
  }

  private Person whole(PersonRow row) {
    return row.person(identities.of(row.id).stream().map(IdentityRow::identity).toList());
  }

  /** Also the way of a replay. */
  void write(Optional<PersonRow> there, Person person) {
    PersonRow row = there.orElseGet(PersonRow::new);
    row.set(person);
    if (there.isEmpty()) {
      row.createdAt = clock.instant();
      rows.persist(row);
    }
    // Before its identities: they refer to it.
    rows.flush();
    identities.delete("person", person.id());
    identities.persist(
        person.identities().stream().map(identity -> IdentityRow.of(person, identity)));
  }

  private void mustBeFree(Person person, Identity identity) {
    boolean ours = identity.kind() == Identity.Kind.NAME && identity.issuer().isEmpty();
    boolean taken =
        identities.everywhere(identity.kind().text(), identity.issuer(), identity.value()).stream()
            .filter(one -> !one.person().equals(person.id()))
            .anyMatch(one -> !ours || one.organization().equals(person.organization().value()));
    if (taken) {
      throw new Failure.Conflict(
              "identity " + identity.text(),
              "stands for somebody else",
              "take it from there first, or choose another")
          .thrown();
    }
  }

  private static void mustStay(PersonRow before, Person after) {
    if (!before.organization.equals(after.organization().value())
        || before.human != after.human()) {
      throw new Failure.Conflict(
              "person " + after.id(),
              "belongs to another organization, or is of another kind",
              "disable this one and enter another")
          .thrown();
    }
  }

  private void mustLeaveAnother(PersonRow before, Person after) {
    if (!administersAll(before.person(List.of())) || administersAll(after)) {
      return;
    }
    boolean another =
        rows.find("actsForAll and disabledAt is null and id <> ?1", after.id()).stream()
            .anyMatch(row -> administersAll(row.person(List.of())));
    if (!another) {
      throw new Failure.Conflict(
              "person " + after.id(), "is the last administrator", "enter another one first")
          .thrown();
    }
  }

  private static boolean administersAll(Person person) {
    return person.actsForAll()
        && person.roles().contains(Role.ADMIN)
        && person.disabledAt().isEmpty();
  }

  private Event event(Caller by, EventKind kind, Person person) {
    return new Event(
        clock.instant(), kind, by.name(), by.organization(), person.id(), PersonText.of(person));
  }
}
