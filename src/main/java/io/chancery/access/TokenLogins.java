package io.chancery.access;

import io.chancery.Caller;
import io.chancery.OrganizationId;
import io.chancery.Role;
import io.chancery.inventory.Inventory;
import io.chancery.inventory.SingleRead;
import io.chancery.inventory.Transactions;
import io.chancery.inventory.sql.Sql.Column;
import io.chancery.inventory.sql.Trip;
import io.chancery.inventory.together.Convoy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
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

  /** How long what the book said of a token is worth a claim. */
  private static final long MOMENT = TimeUnit.SECONDS.toNanos(1);

  private static final int MOST = 1_000;

  private final SingleRead reads;
  private final Inventory inventory;
  private final Transactions transactions;
  private final InstantSource clock;

  /** Services that start together show the same token, or ask at the same time. */
  private final Convoy<String, Optional<Found>> tokens = Convoy.ofQuestions(this::found);

  private final Map<String, Lately> lately =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Lately> eldest) {
          return size() > MOST;
        }
      };

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

  /** What the book says of a token. */
  record Found(TokenRow token, Organization organization) {
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

    Caller holder() {
      return new Caller.TokenHolder(token.label, organization.id(), Set.of(Role.SERVICE));
    }

    /** In force, with uses left, and whoever shows it may use it: nothing goes beside it. */
    boolean isForAll(Instant now) {
      return token.revokedAt == null
          && now.isBefore(token.expiresAt)
          && !Tokens.isSpent(token)
          && token.boundTo.isEmpty()
          && organization.suspendedAt().isEmpty();
    }

    boolean saysWhat(Found other) {
      return token.label.equals(other.token.label)
          && Arrays.equals(token.profiles, other.token.profiles)
          && Arrays.equals(token.names, other.token.names)
          && organization.equals(other.organization);
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
      OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
      return time == null ? null : time.toInstant();
    }
  }

  /** What was found, and when that was asked, by {@link System#nanoTime}. */
  private record Lately(Found found, long asked) {}

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
    Caller holder = found.holder();
    // Its last use may have been spent on an answer that was lost on the way: the same request with
    // the same key gets that answer, and nothing else.
    if (Tokens.isSpent(token) && !isRepetition(holder, shown)) {
      throw Tokens.nothingLeft(token.label);
    }
    Entitlement.AtLogin.keep(holder, found.standing()::entitlement, asked);
    remember(hash, found, asked);
    return new Held(holder, Optional.of(token.boundTo).filter(text -> !text.isEmpty()));
  }

  /**
   * A claim to what the book said a moment ago of a token that anybody may use; empty where it must
   * be asked now.
   */
  Optional<Access.Claim> claim(Credential.BearerToken shown) {
    String hash = Tokens.hash(shown.secret().text());
    return lately(hash)
        .filter(said -> shown.repeats().isEmpty() && said.isForAll(clock.instant()))
        .map(
            said -> {
              Caller holder = said.holder();
              Entitlement.AtLogin.keep(holder, said.standing()::entitlement, System.nanoTime());
              return new Access.Claim(shown, hash, said, holder);
            });
  }

  /**
   * Asks, with other statements of the deeds, whether the book still says what is claimed; {@link
   * Access.Claim.Outdated} where it does not of one of them.
   */
  void mustStand(List<Access.Claim> claims, Trip trip) {
    long asked = System.nanoTime();
    // A group that failed may have asked before.
    claims.forEach(claim -> claim.stands(false));
    trip.query(
        TOKEN,
        row -> Map.entry(row.getString(1), Found.of(row)),
        found -> mustStand(claims, Map.ofEntries(found.toArray(Map.Entry[]::new)), asked),
        Column.texts(claims.stream().map(Access.Claim::hash).distinct().toList(), hash -> hash));
  }

  private void mustStand(List<Access.Claim> claims, Map<String, Found> found, long asked) {
    Instant now = clock.instant();
    boolean allStand = true;
    for (Access.Claim claim : claims) {
      Found said = found.get(claim.hash());
      if (said != null && said.isForAll(now) && said.saysWhat(claim.said())) {
        remember(claim.hash(), said, asked);
      } else {
        forget(claim.hash());
        allStand = false;
      }
    }
    if (!allStand) {
      throw new Access.Claim.Outdated();
    }
    claims.forEach(claim -> claim.stands(true));
  }

  /** Whether what was found at last is what is claimed. */
  boolean saysStill(Access.Claim claim) {
    return lately(claim.hash()).filter(said -> said.saysWhat(claim.said())).isPresent();
  }

  private void remember(String hash, Found found, long asked) {
    synchronized (lately) {
      lately.put(hash, new Lately(found, asked));
    }
  }

  private void forget(String hash) {
    synchronized (lately) {
      lately.remove(hash);
    }
  }

  private Optional<Found> lately(String hash) {
    synchronized (lately) {
      return Optional.ofNullable(lately.get(hash))
          .filter(one -> System.nanoTime() - one.asked() < MOMENT)
          .map(Lately::found);
    }
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
