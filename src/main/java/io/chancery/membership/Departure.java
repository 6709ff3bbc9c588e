package io.chancery.membership;

import io.chancery.Caller;
import io.chancery.OrganizationId;
import io.chancery.access.Organization;
import io.chancery.access.Organizations;
import io.chancery.access.Person;
import io.chancery.access.Persons;
import io.chancery.access.Tokens;
import io.chancery.inventory.Deliveries;
import io.chancery.inventory.Transactions;
import io.chancery.inventory.Unfinished;
import io.chancery.inventory.mass.Matches;
import io.chancery.inventory.mass.Selection;
import io.chancery.revocation.bulk.Bulk;
import io.chancery.revocation.bulk.BulkRevocations;
import io.chancery.revocation.bulk.Plan;
import io.chancery.x509.RevocationReason;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * A partner's way out. It ends at once: suspended, no token, nobody served. What it still holds is
 * listed and revoked with other people's approval, and then the book is asked whether anything is
 * left.
 */
@Singleton
public final class Departure {
  private static final Caller SELF = new Caller.Authority("membership");

  private final Roster roster;
  private final Admission admission;
  private final Organizations organizations;
  private final Tokens tokens;
  private final Persons persons;
  private final Matches matches;
  private final Deliveries deliveries;
  private final BulkRevocations revocations;
  private final Transactions transactions;
  private final InstantSource clock;

  @Inject
  Departure(
      Roster roster,
      Admission admission,
      Organizations organizations,
      Tokens tokens,
      Persons persons,
      Matches matches,
      Deliveries deliveries,
      BulkRevocations revocations,
      Transactions transactions,
      InstantSource clock) {
    this.roster = roster;
    this.admission = admission;
    this.organizations = organizations;
    this.tokens = tokens;
    this.persons = persons;
    this.matches = matches;
    this.deliveries = deliveries;
    this.revocations = revocations;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * What is left of a partner, as the book has it at {@code asOf}.
   *
   * @param certificates in force, on hold included
   * @param reservations whose certificate may still come
   * @param tokens that could be used if the suspension were lifted
   * @param people who would be served if the suspension were lifted
   */
  public record Left(
      Partner partner,
      long certificates,
      long reservations,
      long tokens,
      long people,
      boolean suspended,
      Instant asOf) {
    /** The proof: nothing valid is left, and nothing can come. */
    public boolean nothing() {
      return certificates == 0 && reservations == 0 && tokens == 0 && people == 0 && suspended;
    }
  }

  /** Ends its access now, and lists what is to be revoked. Again: lists what is left since. */
  public Left begin(Caller by, OrganizationId id, String comment) {
    Partner partner = admission.visible(by, id);
    Organization organization = organizations.find(id).orElseThrow();
    if (organization.suspendedAt().isEmpty()) {
      organizations.change(by, organization.suspended(Optional.of(now())));
    }
    tokens.revokeAll(by, id);
    persons.of(id).stream()
        .filter(person -> person.disabledAt().isEmpty())
        .forEach(person -> persons.keep(by, person.disabled(Optional.of(now()))));
    String list = certificates(id) == 0 ? "" : list(by, id, comment);
    transactions.run(
        () -> roster.keep(by, roster.locked(partner.organization()).leaving(list, now())));
    return left(by, id);
  }

  /** Looks; and where nothing is left any more, says so on the roll. */
  public Left left(Caller caller, OrganizationId id) {
    Partner partner = admission.visible(caller, id);
    Left left =
        new Left(
            partner,
            certificates(id),
            deliveries
                .list(Optional.of(Unfinished.State.OPEN), Optional.of(id), Optional.empty(), 1)
                .size(),
            tokens.usable(id),
            persons.of(id).stream().map(Person::disabledAt).filter(Optional::isEmpty).count(),
            organizations.find(id).flatMap(Organization::suspendedAt).isPresent(),
            now());
    if (left.nothing() && partner.state() == Partner.State.LEAVING) {
      Partner gone =
          transactions.call(
              () -> roster.keep(SELF, roster.locked(id).in(Partner.State.LEFT, now())));
      return new Left(gone, 0, 0, 0, 0, true, left.asOf());
    }
    return left;
  }

  private String list(Caller by, OrganizationId id, String comment) {
    Bulk bulk =
        revocations.list(
            by,
            Selection.of(Map.of("organization", id.value())),
            new Plan(RevocationReason.CESSATION_OF_OPERATION, Optional.empty(), Optional.empty()),
            Optional.empty(),
            comment);
    return bulk.id().toString();
  }

  private long certificates(OrganizationId id) {
    return transactions.call(
        () ->
            matches
                .radius(Selection.of(Map.of("organization", id.value())), clock.instant())
                .count());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
