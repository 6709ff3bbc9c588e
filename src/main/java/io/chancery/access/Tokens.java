package io.chancery.access;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.PkiException;
import io.chancery.Quoted;
import io.chancery.inventory.SingleRead;
import io.chancery.inventory.Transactions;
import io.chancery.inventory.sql.Trip;
import io.chancery.inventory.together.Convoy;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Ledger;
import io.chancery.x509.Thumbprint;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Enrolment tokens. The secret is shown once, when it is made; only its hash is kept. */
@Singleton
public final class Tokens {
  /** Makes a leaked token easy to find by a scanner of repositories and logs. */
  private static final String PREFIX = "chancery_";

  private static final int SECRET_OCTETS = 32;
  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Duration LONGEST = Duration.ofDays(366);

  private final TokenRows rows;
  private final TokenLogins logins;
  private final Organizations organizations;
  private final Ledger ledger;
  private final Transactions transactions;
  private final SecureRandom random;
  private final InstantSource clock;
  private final Convoy<TokenRows.Shown, TokenRows.Standing> entitlements;

  @Inject
  Tokens(
      TokenRows rows,
      TokenLogins logins,
      SingleRead reads,
      Organizations organizations,
      Ledger ledger,
      Transactions transactions,
      SecureRandom random,
      InstantSource clock) {
    this.rows = rows;
    this.logins = logins;
    this.entitlements = Convoy.ofQuestions(all -> rows.standings(all, reads));
    this.organizations = organizations;
    this.ledger = ledger;
    this.transactions = transactions;
    this.random = random;
    this.clock = clock;
  }

  /** Makes a token and returns its secret, which nobody can ask for again. */
  public String create(Caller by, TokenGrant grant) {
    mustBePossible(grant);
    byte[] octets = new byte[SECRET_OCTETS];
    random.nextBytes(octets);
    String secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    transactions.run(() -> keep(by, grant, secret));
    return secret;
  }

  /** Ends a token at once; ending it again changes nothing. */
  public void revoke(Caller by, OrganizationId organization, String label) {
    transactions.run(
        () -> {
          TokenRow row =
              rows.find("organization = ?1 and label = ?2", organization.value(), label)
                  .firstResultOptional()
                  .orElseThrow(() -> new Failure.NotFound("token", Quoted.of(label)).thrown());
          if (row.revokedAt == null) {
            row.revokedAt = clock.instant();
            ledger.append(
                Event.of(
                    clock.instant(),
                    EventKind.TOKEN_REVOKED,
                    by,
                    organization.value(),
                    "label",
                    label));
          }
        });
  }

  /** Ends every token of the organization. */
  public void revokeAll(Caller by, OrganizationId organization) {
    transactions
        .call(() -> inForce(organization))
        .forEach(row -> revoke(by, organization, row.label));
  }

  /** How many tokens of the organization could still be used. */
  public long usable(OrganizationId organization) {
    return transactions.call(() -> inForce(organization)).size();
  }

  private List<TokenRow> inForce(OrganizationId organization) {
    return rows.list(
        "organization = ?1 and revokedAt is null and expiresAt > ?2"
            + " and (usesLeft is null or usesLeft > 0)",
        organization.value(),
        clock.instant());
  }

  /** Whether this secret would be accepted now. */
  public boolean isUsable(String secret) {
    try {
      logins.holderOf(new Credential.BearerToken(new Credential.Secret(secret), Optional.empty()));
      return true;
    } catch (PkiException refused) {
      if (refused.failure() instanceof Failure.Unauthenticated) {
        return false;
      }
      throw refused;
    }
  }

  /** What the token's holder may ask of what its organization may. */
  Entitlement entitlement(String label, OrganizationId owner) {
    return entitlements.go(new TokenRows.Shown(label, owner)).entitlement();
  }

  /** Uses of each token, by its label, with other statements of the deeds that they pay for. */
  void spend(Map<String, Integer> uses, Trip trip) {
    Transactions.mustBeOpen();
    Instant now = clock.instant();
    rows.spend(uses, spent -> mustBePaid(spent, now), trip);
  }

  private static void mustBePaid(TokenRows.Spent spent, Instant now) {
    if (!spent.paid()) {
      mustBeInForce(
          spent.token().orElseThrow(() -> new Failure.NotFound("token", spent.label()).thrown()),
          now);
      if (spent.counted()) {
        throw nothingLeft(spent.label());
      }
    }
  }

  void spent(String actor) {
    if (actor.startsWith(Caller.TokenHolder.PREFIX)) {
      rows.update(
          "usesLeft = usesLeft - 1 where label = ?1 and usesLeft > 0",
          actor.substring(Caller.TokenHolder.PREFIX.length()));
    }
  }

  static void mustBeInForce(TokenRow row, Instant now) {
    if (row.revokedAt != null) {
      throw Access.unauthenticated(
          "the enrolment token " + row.label + " was revoked at " + row.revokedAt,
          "ask an operator for a new token");
    }
    if (!now.isBefore(row.expiresAt)) {
      throw Access.unauthenticated(
          "the enrolment token " + row.label + " expired at " + row.expiresAt,
          "ask an operator for a new token");
    }
  }

  static boolean isSpent(TokenRow row) {
    return row.usesLeft != null && row.usesLeft == 0;
  }

  static PkiException nothingLeft(String label) {
    return Access.unauthenticated(
        "the enrolment token " + label + " has no uses left", "ask an operator for a new token");
  }

  private void keep(Caller by, TokenGrant grant, String secret) {
    organizations.mustTakeMembers(grant.organization());
    if (rows.find("label", grant.label()).firstResultOptional().isPresent()) {
      throw new Failure.Conflict("token " + grant.label(), "exists", "choose another label")
          .thrown();
    }
    Instant now = clock.instant();
    TokenRow row = new TokenRow();
    row.hash = hash(secret);
    row.label = grant.label();
    row.organization = grant.organization().value();
    row.profiles = grant.profiles().toArray(String[]::new);
    row.names = grant.names().toArray(String[]::new);
    row.usesLeft = grant.uses().isPresent() ? grant.uses().getAsInt() : null;
    row.expiresAt = now.plus(grant.lifetime());
    row.boundTo = grant.boundTo().orElse("");
    row.createdBy = by.name();
    row.createdAt = now;
    rows.persist(row);
    ledger.append(
        Event.of(
            now,
            EventKind.TOKEN_CREATED,
            by,
            grant.organization().value(),
            "label",
            grant.label(),
            "hash",
            row.hash,
            "profiles",
            String.join(" ", grant.profiles()),
            "names",
            String.join(" ", grant.names()),
            "uses",
            grant.uses().isPresent() ? String.valueOf(grant.uses().getAsInt()) : "any",
            "expires",
            row.expiresAt.toString(),
            "boundTo",
            row.boundTo));
  }

  private static void mustBePossible(TokenGrant grant) {
    if (!LABEL.matcher(grant.label()).matches()) {
      throw malformed("label", "must be 1 to 64 letters, digits, dots, hyphens, underscores");
    }
    if (grant.uses().isPresent() && grant.uses().getAsInt() < 1) {
      throw malformed("uses", "must be at least 1");
    }
    if (!grant.lifetime().isPositive() || grant.lifetime().compareTo(LONGEST) > 0) {
      throw malformed(
          "lifetime", "must be more than nothing and at most " + LONGEST.toDays() + " days");
    }
  }

  private static RuntimeException malformed(String where, String reason) {
    return new Failure.Malformed("token", where, reason, "Chancery enrolment token").thrown();
  }

  static String hash(String secret) {
    return Thumbprint.of(secret.getBytes(StandardCharsets.UTF_8)).hex();
  }
}
