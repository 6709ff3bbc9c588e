package io.chancery.api;

import static io.chancery.Role.ADMIN;
import static io.chancery.Role.OPERATOR;

import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.Quoted;
import io.chancery.access.TokenGrant;
import io.chancery.access.Tokens;
import io.chancery.profile.NamePattern;
import io.chancery.profile.Profiles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Enrolment tokens of an organization. The secret is shown once. */
@Path("/v1/organizations/{organization}/tokens")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class TokensResource {
  private final Tokens tokens;
  private final Profiles profiles;
  private final Callers callers;

  @Inject
  TokensResource(Tokens tokens, Profiles profiles, Callers callers) {
    this.tokens = tokens;
    this.profiles = profiles;
    this.callers = callers;
  }

  /**
   * The JSON that asks for a token.
   *
   * @param uses 1 where left out: a one-time token
   * @param lifetime ISO 8601; a day where left out
   */
  public record TokenAsk(
      @Nullable String label,
      @Nullable List<@Nullable String> profiles,
      @Nullable List<@Nullable String> names,
      @Nullable Integer uses,
      @Nullable String lifetime,
      @Nullable String boundTo) {}

  /** A new token. {@code token} is the secret; it is not kept and cannot be asked for again. */
  public record TokenView(String label, String organization, String token) {}

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow({OPERATOR, ADMIN})
  public Response create(@PathParam("organization") String organization, @Nullable TokenAsk ask) {
    if (ask == null) {
      throw new Failure.Malformed("body", "", "is empty", "Chancery API").thrown();
    }
    List<String> forProfiles = OneLine.all("profiles", ask.profiles());
    forProfiles.forEach(name -> ForOrganizations.mustBe(profiles, name));
    List<String> names = OneLine.all("names", ask.names());
    TokenGrant grant =
        new TokenGrant(
            CertificateAsk.present("label", ask.label()),
            reachable(organization),
            forProfiles,
            names.stream().map(NamePattern::new).map(NamePattern::text).toList(),
            OptionalInt.of(ask.uses() == null ? 1 : ask.uses()),
            ask.lifetime() == null ? Duration.ofDays(1) : lifetime(ask.lifetime()),
            Optional.ofNullable(ask.boundTo()).map(TokensResource::thumbprint));
    mustTellWhose(grant);
    String secret = tokens.create(callers.current(), grant);
    return Response.status(201)
        .header("Cache-Control", "no-store")
        .entity(new TokenView(grant.label(), organization, secret))
        .build();
  }

  @DELETE
  @Path("/{label}")
  @Allow({OPERATOR, ADMIN})
  public Response revoke(
      @PathParam("organization") String organization, @PathParam("label") String label) {
    tokens.revoke(callers.current(), reachable(organization), label);
    return Response.noContent().build();
  }

  private OrganizationId reachable(String organization) {
    OrganizationId id = new OrganizationId(organization);
    if (!callers.current().mayReach(id)) {
      throw new Failure.NotFound("organization", id.value()).thrown();
    }
    return id;
  }

  /** Labels are of everybody's: one that is taken must not tell an organization about another. */
  private void mustTellWhose(TokenGrant grant) {
    String prefix = grant.organization().value() + "-";
    if (!callers.current().actsForAll() && !grant.label().startsWith(prefix)) {
      throw new Failure.Refused(
              "token-label",
              "a token's label begins with its organization",
              "begin it with " + prefix)
          .thrown();
    }
  }

  /** As RFC 8705 s3.1 writes it: base64url of SHA-256; kept as hex. */
  private static String thumbprint(String text) {
    try {
      byte[] octets = Base64.getUrlDecoder().decode(text);
      if (octets.length == 32) {
        return HexFormat.of().formatHex(octets);
      }
    } catch (IllegalArgumentException notBase64) {
      // Said below.
    }
    throw new Failure.Malformed(
            "boundTo", "", "is no base64url of a certificate's SHA-256 (x5t#S256)", "RFC 8705 s3.1")
        .thrown();
  }

  private static Duration lifetime(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException notIso) {
      throw new Failure.Malformed(
              "lifetime", "", Quoted.of(text) + " is no duration such as PT8H", "ISO 8601")
          .because(notIso);
    }
  }
}
