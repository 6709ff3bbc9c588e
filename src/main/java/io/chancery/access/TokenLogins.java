package io.chancery.access;

import io.chancery.Caller;
import io.chancery.OrganizationId;
import io.chancery.Role;
import io.chancery.inventory.Inventory;
import io.chancery.inventory.SingleRead;
import io.chancery.inventory.Transactions;
import io.chancery.inventory.together.Convoy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who stands behind an enrolment token, and what they may ask for: one question to the book, for
 * most.
 */
@Singleton
final class TokenLogins {
  private static final String TOKEN =
      "select t.hash, t.label, t.organization, t.uses_left, t.expires_at, t.revoked_at, t.bound_to,"
          + " t.profiles, t.names, o."
          + Organizations.COLUMNS.replace(", ", ", o.")
          + " from enrolment_token t join organization o on o.id = t.organization"
          + " where t.hash = any (?)";

  private final SingleRead reads;
  private final Inventory inventory;
  private final Transactions transactions;
  private final InstantSource clock;

  /** Services that start together show the same token, or ask at the same time. */
  private final Convoy<String, Optional<Found>> tokens = Convoy.ofQuestions(this::found);

  @Inject
  TokenLogins(
      SingleRead reads, Inventory inventory, Transactions transactions, InstantSource clock) {
    this.reads = reads;
    this.inventory = inventory;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Whom a token speaks for.
   *
   * @param boundTo SHA-256 in hex of the only client certificate that it counts beside (RFC 8705
   *     s3)
   */
  record Held(Caller caller, Optional<String> boundTo) {}

  private record Found(TokenRow token, Organization organization) {
    static Found of(ResultSet row) throws SQLException {
      TokenRow token = new TokenRow();
      token.hash = row.getString(1);
      token.label = row.getString(2);
      token.organization = row.getString(3);
      token.usesLeft = row.getObject(4, Integer.class);
      Instant expires = instant(row, 5);
      token.expiresAt = expires == null ? Instant.EPOCH : expires;
      token.revokedAt = instant(row, 6);
      token.boundTo = row.getString(7);
      token.profiles = (String[]) row.getArray(8).getArray();
      token.names = (String[]) row.getArray(9).getArray();
      return new Found(token, Organizations.organization(row, 9));
    }

    TokenRows.Standing standing() {
      return TokenRows.Standing.of(
          token.label,
          organization,
          new Entitlement(List.of(token.profiles), List.of(token.names), List.of()));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
      OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
      return time == null ? null : time.toInstant();
    }
  }

  Held holderOf(Credential.BearerToken shown) {
    String hash = Tokens.hash(shown.secret().text());
    long asked = System.nanoTime();
    Found found =
        tokens
            .go(hash)
            .orElseThrow(
                () ->
                    Access.unauthenticated(
                        "the enrolment token is unknown here", "ask an operator for a token"));
    TokenRow token = found.token();
    OrganizationId organization = found.organization().id();
    Tokens.mustBeInForce(token, clock.instant());
    if (found.organization().suspendedAt().isPresent()) {
      throw Organizations.isSuspended(organization);
    }
    Caller holder = new Caller.TokenHolder(token.label, organization, Set.of(Role.SERVICE));
    // Its last use may have been spent on an answer that was lost on the way: the same request with
    // the same key gets that answer, and nothing else.
    if (Tokens.isSpent(token) && !isRepetition(holder, shown)) {
      throw Tokens.nothingLeft(token.label);
    }
    Entitlement.AtLogin.keep(holder, found.standing()::entitlement, asked);
    return new Held(holder, Optional.of(token.boundTo).filter(text -> !text.isEmpty()));
  }

  private List<Optional<Found>> found(List<String> hashes) {
    return reads.each(TOKEN, hashes, Found::of);
  }

  private boolean isRepetition(Caller holder, Credential.BearerToken shown) {
    return shown
        .repeats()
        .filter(key -> transactions.call(() -> inventory.knows(holder.name(), key)))
        .isPresent();
  }
}
