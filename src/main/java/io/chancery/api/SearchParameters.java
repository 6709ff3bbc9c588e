package io.chancery.api;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.Quoted;
import io.chancery.inventory.Query;
import io.chancery.x509.SubjectAltName;
import io.chancery.x509.Thumbprint;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The filters of a search, as they stand in the query string. */
public class SearchParameters {
  private static final int DEFAULT_LIMIT = 50;

  /** The owner; callers see their own unless they may read all. */
  @QueryParam("organization")
  @Nullable String organization;

  /** A subject alternative name: {@code dns:...}, {@code ip:...}, {@code uri:...}. */
  @QueryParam("name")
  @Nullable String name;

  /** The beginning of the subject's text. */
  @QueryParam("subject")
  @Nullable String subject;

  @QueryParam("profile")
  @Nullable String profile;

  @QueryParam("issuer")
  @Nullable String issuer;

  /** SHA-256 of the SubjectPublicKeyInfo, in hex. */
  @QueryParam("key")
  @Nullable String key;

  /** {@code good}, {@code held}, {@code revoked} or {@code expired}. */
  @QueryParam("status")
  @Nullable String status;

  @QueryParam("expiresFrom")
  @Nullable String expiresFrom;

  @QueryParam("expiresUntil")
  @Nullable String expiresUntil;

  /** {@code next} of the page before. */
  @QueryParam("cursor")
  @Nullable String cursor;

  @QueryParam("limit")
  @Nullable String limit;

  Query queryFor(Caller caller) {
    return new Query(
        visibleOwner(caller),
        Optional.ofNullable(name).map(SubjectAltName::parse).map(SubjectAltName::text),
        Optional.ofNullable(subject).map(text -> OneLine.of("subject", text)),
        Optional.ofNullable(profile).map(text -> OneLine.of("profile", text)),
        Optional.ofNullable(issuer).map(text -> OneLine.of("issuer", text)),
        Optional.ofNullable(key).map(Thumbprint::parse),
        Optional.ofNullable(status).map(SearchParameters::status),
        Optional.ofNullable(expiresFrom).map(RevocationResource::instant),
        Optional.ofNullable(expiresUntil).map(RevocationResource::instant),
        Optional.ofNullable(cursor).map(Query.Cursor::parse),
        limit());
  }

  private Optional<OrganizationId> visibleOwner(Caller caller) {
    Optional<OrganizationId> asked = Optional.ofNullable(organization).map(OrganizationId::new);
    boolean everything = caller.readsAll();
    return everything ? asked : Optional.of(ownOr(caller, asked));
  }

  private static OrganizationId ownOr(Caller caller, Optional<OrganizationId> asked) {
    asked
        .filter(other -> !caller.mayRead(other))
        .ifPresent(
            other -> {
              throw new Failure.NotFound("organization", other.value()).thrown();
            });
    return caller.organization();
  }

  private static Query.Status status(String text) {
    return Arrays.stream(Query.Status.values())
        .filter(status -> status.name().equals(text.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new Failure.Malformed(
                        "query",
                        "status",
                        Quoted.of(text) + " is none of good, held, revoked, expired",
                        "Chancery search")
                    .thrown());
  }

  private int limit() {
    if (limit == null) {
      return DEFAULT_LIMIT;
    }
    try {
      return Integer.parseInt(limit);
    } catch (NumberFormatException notNumber) {
      throw new Failure.Malformed(
              "query", "limit", Quoted.of(limit) + " is no number", "Chancery search")
          .because(notNumber);
    }
  }
}
