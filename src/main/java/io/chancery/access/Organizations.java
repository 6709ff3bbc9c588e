package io.chancery.access;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.PkiException;
import io.chancery.Role;
import io.chancery.inventory.SingleRead;
import io.chancery.inventory.Transactions;
import io.chancery.inventory.sql.Sql;
import io.chancery.inventory.together.Convoy;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Ledger;
import io.chancery.x509.SubjectAltName;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The owners of certificates, what they may hold, and who among them has more roles. */
@Singleton
public final class Organizations {
  /** What {@link #organization} reads. */
  static final String COLUMNS = "id, display_name, contact, profiles, names, suspended_at";

  private static final String FIND = "select " + COLUMNS + " from organization where id = any (?)";

  private final OrganizationRows rows;
  private final SingleRead reads;
  private final RoleGrantRows grants;
  private final Ledger ledger;
  private final Transactions transactions;
  private final InstantSource clock;
  private final Convoy<OrganizationId, Optional<Organization>> asked =
      Convoy.ofQuestions(this::found);

  @Inject
  Organizations(
      OrganizationRows rows,
      SingleRead reads,
      RoleGrantRows grants,
      Ledger ledger,
      Transactions transactions,
      InstantSource clock) {
    this.rows = rows;
    this.reads = reads;
    this.grants = grants;
    this.ledger = ledger;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Creates it; {@code Conflict} where the name is taken. */
  public Organization create(Caller by, Organization organization) {
    return transactions.call(
        () -> {
          if (rows.findByIdOptional(organization.id().value()).isPresent()) {
            throw new Failure.Conflict(
                    "organization " + organization.id(), "exists", "choose another name")
                .thrown();
          }
          OrganizationRow row = new OrganizationRow();
          row.set(organization);
          row.createdAt = clock.instant();
          rows.persist(row);
          record(by, EventKind.ORGANIZATION_CREATED, organization);
          return organization;
        });
  }

  /** Changes what it may hold, its contact, or whether it is suspended. */
  public Organization change(Caller by, Organization organization) {
    return transactions.call(() -> changeWithin(by, organization));
  }

  /** The same in the transaction of something else. */
  public Organization changeWithin(Caller by, Organization organization) {
    Transactions.mustBeOpen();
    row(organization.id()).set(organization);
    record(by, EventKind.ORGANIZATION_CHANGED, organization);
    return organization;
  }

  public Optional<Organization> find(OrganizationId id) {
    return transactions.call(
        () -> rows.findByIdOptional(id.value()).map(OrganizationRow::organization));
  }

  /** Every organization, by name. */
  public List<Organization> all() {
    return transactions.call(
        () -> rows.find("order by id").stream().map(OrganizationRow::organization).toList());
  }

  /** Every organization the caller may read, by name. */
  public List<Organization> visibleTo(Caller caller) {
    return transactions.call(
        () ->
            rows.find("order by id").stream()
                .map(OrganizationRow::organization)
                .filter(one -> caller.mayRead(one.id()))
                .toList());
  }

  /** Holders of a valid certificate of this organization with this name get the role. */
  public void grant(Caller by, OrganizationId organization, SubjectAltName name, Role role) {
    transactions.run(
        () -> {
          row(organization);
          RoleGrantRow.Id id = new RoleGrantRow.Id(organization.value(), name.text(), role.name());
          if (grants.findByIdOptional(id).isEmpty()) {
            RoleGrantRow row = new RoleGrantRow();
            row.id = id;
            row.grantedAt = clock.instant();
            grants.persist(row);
            ledger.append(
                Event.of(
                    clock.instant(),
                    EventKind.ROLE_GRANTED,
                    by,
                    organization.value(),
                    "name",
                    name.text(),
                    "role",
                    role.name()));
          }
        });
  }

  Set<Role> granted(OrganizationId organization, List<String> names) {
    return grants
        .find("id.organization = ?1 and id.name in ?2", organization.value(), names)
        .stream()
        .map(row -> Role.valueOf(row.id.role()))
        .collect(Collectors.toSet());
  }

  void mustExist(OrganizationId id) {
    row(id);
  }

  void mustBeActive(OrganizationId id) {
    if (row(id).suspendedAt != null) {
      throw isSuspended(id);
    }
  }

  static PkiException isSuspended(OrganizationId id) {
    return Access.unauthenticated(
        "organization " + id + " is suspended", "ask an operator to lift the suspension");
  }

  /** Whoever makes a token or enters a person for it is not the one who is suspended. */
  void mustTakeMembers(OrganizationId id) {
    if (row(id).suspendedAt != null) {
      throw suspended(id);
    }
  }

  Entitlement entitlement(OrganizationId id) {
    return entitlement(asked.go(id).orElseThrow(() -> unknown(id)));
  }

  static Entitlement entitlement(Organization organization) {
    // An operator may ask on its behalf: nobody gets a certificate for it now.
    if (organization.suspendedAt().isPresent()) {
      throw suspended(organization.id());
    }
    return new Entitlement(organization.profiles(), organization.names(), List.of());
  }

  private static PkiException suspended(OrganizationId id) {
    return new Failure.Conflict("organization " + id, "is suspended", "lift the suspension first")
        .thrown();
  }

  private List<Optional<Organization>> found(List<OrganizationId> ids) {
    return reads.each(
        FIND, ids.stream().map(OrganizationId::value).toList(), Organizations::organization);
  }

  /** Of a row that begins with {@link #COLUMNS}. */
  static Organization organization(ResultSet row) throws SQLException {
    return organization(row, 0);
  }

  /** Of a row that has {@link #COLUMNS} behind so many others. */
  static Organization organization(ResultSet row, int before) throws SQLException {
    return new Organization(
        new OrganizationId(row.getString(before + 1)),
        row.getString(before + 2),
        row.getString(before + 3),
        SingleRead.texts(row, before + 4),
        SingleRead.texts(row, before + 5),
        Sql.time(row, "suspended_at"));
  }

  private OrganizationRow row(OrganizationId id) {
    return rows.findByIdOptional(id.value()).orElseThrow(() -> unknown(id));
  }

  static PkiException unknown(OrganizationId id) {
    return new Failure.NotFound("organization", id.value()).thrown();
  }

  private void record(Caller by, EventKind kind, Organization organization) {
    ledger.append(
        Event.of(
            clock.instant(),
            kind,
            by,
            organization.id().value(),
            "displayName",
            organization.displayName(),
            "contact",
            organization.contact(),
            "profiles",
            String.join(" ", organization.profiles()),
            "names",
            String.join(" ", organization.names()),
            "suspended",
            organization.suspendedAt().map(Object::toString).orElse("")));
  }
}
