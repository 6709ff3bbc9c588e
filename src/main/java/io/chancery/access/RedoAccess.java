package io.chancery.access;

import io.chancery.OrganizationId;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Redo;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Organizations, roles and tokens that the roll knows and the database does not. */
@Singleton
final class RedoAccess implements Redo {
  private final OrganizationRows organizations;
  private final RoleGrantRows grants;
  private final TokenRows tokens;
  private final LimitRows limits;

  @Inject
  RedoAccess(
      OrganizationRows organizations, RoleGrantRows grants, TokenRows tokens, LimitRows limits) {
    this.organizations = organizations;
    this.grants = grants;
    this.tokens = tokens;
    this.limits = limits;
  }

  @Override
  public Set<EventKind> kinds() {
    return Set.of(
        EventKind.ORGANIZATION_CREATED,
        EventKind.ORGANIZATION_CHANGED,
        EventKind.ROLE_GRANTED,
        EventKind.TOKEN_CREATED,
        EventKind.TOKEN_REVOKED,
        EventKind.LIMIT_CHANGED);
  }

  @Override
  public void redo(Event event) {
    switch (event.kind()) {
      case ORGANIZATION_CREATED, ORGANIZATION_CHANGED -> organization(event);
      case ROLE_GRANTED -> grant(event);
      case TOKEN_CREATED -> token(event);
      case LIMIT_CHANGED -> limit(event);
      case TOKEN_REVOKED ->
          tokens.update(
              "revokedAt = ?1 where organization = ?2 and label = ?3 and revokedAt is null",
              event.at(),
              event.subject(),
              event.fact("label"));
      default -> throw new IllegalArgumentException("not of this room: " + event.kind());
    }
  }

  private void organization(Event event) {
    OrganizationRow row =
        organizations
            .findByIdOptional(event.subject())
            .orElseGet(
                () -> {
                  OrganizationRow made = new OrganizationRow();
                  made.id = event.subject();
                  made.createdAt = event.at();
                  organizations.persist(made);
                  return made;
                });
    row.set(
        new Organization(
            new OrganizationId(event.subject()),
            event.fact("displayName"),
            event.fact("contact"),
            words(event, "profiles"),
            words(event, "names"),
            Optional.of(event.fact("suspended"))
                .filter(text -> !text.isEmpty())
                .map(Instant::parse)));
  }

  private void grant(Event event) {
    RoleGrantRow.Id id =
        new RoleGrantRow.Id(event.subject(), event.fact("name"), event.fact("role"));
    if (grants.findByIdOptional(id).isEmpty()) {
      RoleGrantRow row = new RoleGrantRow();
      row.id = id;
      row.grantedAt = event.at();
      grants.persist(row);
    }
  }

  private void token(Event event) {
    String hash = event.fact("hash");
    if (tokens.findByIdOptional(hash).isPresent()) {
      return;
    }
    TokenRow row = new TokenRow();
    row.hash = hash;
    row.label = event.fact("label");
    row.organization = event.subject();
    row.profiles = words(event, "profiles").toArray(String[]::new);
    row.names = words(event, "names").toArray(String[]::new);
    row.usesLeft = event.fact("uses").equals("any") ? null : Integer.valueOf(event.fact("uses"));
    row.expiresAt = Instant.parse(event.fact("expires"));
    row.boundTo = event.facts().getOrDefault("boundTo", "");
    row.createdBy = event.actor();
    row.createdAt = event.at();
    tokens.persist(row);
  }

  private void limit(Event event) {
    LimitRow.Id id = new LimitRow.Id(event.subject(), event.fact("profile"));
    limits.deleteById(id);
    if (!event.fact("perMinute").isEmpty()) {
      LimitRow row = new LimitRow();
      row.id = id;
      row.perMinute = Integer.parseInt(event.fact("perMinute"));
      String inForce = event.facts().getOrDefault("inForce", "");
      row.inForce = inForce.isEmpty() ? null : Integer.valueOf(inForce);
      limits.persist(row);
    }
  }

  private static List<String> words(Event event, String fact) {
    String text = event.fact(fact);
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }
}
