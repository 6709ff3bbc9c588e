package io.chancery.audit;

import io.chancery.Caller;
import io.chancery.Quoted;
import io.chancery.audit.report.FindingKind;
import io.chancery.audit.report.Findings;
import io.chancery.audit.report.Place;
import io.chancery.audit.rows.RowCursor;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Organizations, roles beyond SERVICE, and enrolment tokens. */
final class AccessAudit implements DeedAudit {
  /** The migration makes it, with no entry. */
  private static final String AUTHORITY = "chancery";

  private static final String ORGANIZATIONS =
      "select id, display_name, contact, profiles, names, suspended_at from organization"
          + " order by id";
  private static final String ROLES =
      "select organization, name, role from role_grant order by organization, name, role";

  private final Findings findings;
  private final Map<String, Said> organizations = new HashMap<>();
  private final Map<Role, Place> roles = new HashMap<>();
  private final TokenAudit tokens;
  private final PersonAudit persons;

  /** The newest entry about something. */
  record Said(Place place, Event event) {}

  private record Role(String organization, String name, String role) {
    String words() {
      return "the role "
          + Quoted.of(role)
          + " of "
          + Quoted.of(name)
          + " in "
          + Quoted.of(organization);
    }
  }

  AccessAudit(Findings findings) {
    this.findings = findings;
    this.tokens = new TokenAudit(findings);
    this.persons = new PersonAudit(findings);
  }

  @Override
  public Set<EventKind> kinds() {
    return Set.of(
        EventKind.ORGANIZATION_CREATED,
        EventKind.ORGANIZATION_CHANGED,
        EventKind.ROLE_GRANTED,
        EventKind.PERSON_CREATED,
        EventKind.PERSON_CHANGED,
        EventKind.TOKEN_CREATED,
        EventKind.TOKEN_REVOKED);
  }

  /** A reservation was made by this actor. */
  void spent(String actor) {
    if (actor.startsWith(Caller.TokenHolder.PREFIX)) {
      tokens.spent(actor.substring(Caller.TokenHolder.PREFIX.length()));
    }
  }

  @Override
  public void see(Place place, Event event) {
    if (event.kind() == EventKind.TOKEN_CREATED) {
      tokens.created(new Said(place, event));
    } else if (event.kind() == EventKind.TOKEN_REVOKED) {
      tokens.revoked(new Said(place, event));
    } else if (event.kind() == EventKind.PERSON_CREATED
        || event.kind() == EventKind.PERSON_CHANGED) {
      persons.entered(new Said(place, event));
    } else if (event.kind() == EventKind.ROLE_GRANTED) {
      roles.put(new Role(event.subject(), event.fact("name"), event.fact("role")), place);
    } else {
      organizations.put(event.subject(), new Said(place, event));
    }
  }

  @Override
  public void compare(Connection connection) {
    compareOrganizations(connection);
    compareRoles(connection);
    tokens.compare(connection);
    persons.compare(connection);
  }

  private void compareOrganizations(Connection connection) {
    try (RowCursor<OrganizationRecord> rows =
        new RowCursor<>(connection, ORGANIZATIONS, OrganizationRecord::of)) {
      for (Optional<OrganizationRecord> row = rows.next(); row.isPresent(); row = rows.next()) {
        compare(row.get());
      }
    }
    organizations.forEach(
        (id, said) -> report(said.place(), "the organization " + Quoted.of(id) + " is gone"));
  }

  private void compare(OrganizationRecord row) {
    Optional<Said> said = Optional.ofNullable(organizations.remove(row.id()));
    String which = "the organization " + Quoted.of(row.id());
    if (said.isPresent()) {
      row.differences(said.get().event())
          .ifPresent(how -> report(said.get().place(), which + " differs: " + how));
    } else if (!row.id().equals(AUTHORITY)) {
      findings.nowhere(FindingKind.ACCESS_DIFFERS, which + " stands in no entry");
    }
  }

  private void compareRoles(Connection connection) {
    try (RowCursor<Role> rows =
        new RowCursor<>(
            connection,
            ROLES,
            row -> new Role(row.getString(1), row.getString(2), row.getString(3)))) {
      for (Optional<Role> row = rows.next(); row.isPresent(); row = rows.next()) {
        if (roles.remove(row.get()) == null) {
          findings.nowhere(FindingKind.ACCESS_DIFFERS, row.get().words() + " stands in no entry");
        }
      }
    }
    roles.forEach((role, place) -> report(place, role.words() + " is gone"));
  }

  private void report(Place place, String what) {
    findings.about(place, FindingKind.ACCESS_DIFFERS, what);
  }
}
