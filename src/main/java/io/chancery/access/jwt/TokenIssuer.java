package io.chancery.access.jwt;

import io.chancery.Failure;
import io.chancery.x509.JavaCertificates;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.jose4j.http.Get;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/** One issuer of tokens: its keys, and what a token of its must say. */
final class TokenIssuer {
  private static final Duration TROUBLE = Duration.ofSeconds(5);

  /** Signatures that only the issuer can make: never {@code none}, never a shared secret. */
  private static final AlgorithmConstraints ALGORITHMS =
      new AlgorithmConstraints(
          ConstraintType.PERMIT,
          AlgorithmIdentifiers.RSA_USING_SHA256,
          AlgorithmIdentifiers.RSA_USING_SHA384,
          AlgorithmIdentifiers.RSA_USING_SHA512,
          AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
          AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
          AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
          AlgorithmIdentifiers.EDDSA);

  /** In this order: the first that holds is told. */
  private static final List<Reason> REASONS =
      List.of(
          new Reason(ErrorCodes.EXPIRED, "has expired (RFC 7519 s4.1.4)"),
          new Reason(
              ErrorCodes.EXPIRATION_MISSING, "says no time at which it expires (RFC 7519 s4.1.4)"),
          new Reason(ErrorCodes.NOT_YET_VALID, "is not valid yet (RFC 7519 s4.1.5)"),
          new Reason(ErrorCodes.AUDIENCE_INVALID, "is for another audience (RFC 7519 s4.1.3)"),
          new Reason(ErrorCodes.AUDIENCE_MISSING, "names no audience (RFC 7519 s4.1.3)"),
          new Reason(
              ErrorCodes.ISSUED_AT_INVALID_FUTURE, "was issued in the future (RFC 7519 s4.1.6)"),
          new Reason(ErrorCodes.SIGNATURE_INVALID, "has no good signature (RFC 7515 s5.2)"));

  private record Reason(int code, String words) {}

  private final String name;
  private final TokenIssuersConfig.Issuer config;
  private final JwtConsumer consumer;

  TokenIssuer(String name, TokenIssuersConfig.Issuer config) {
    this.name = name;
    this.config = config;
    int skew = Math.toIntExact(config.skew().toSeconds());
    this.consumer =
        new JwtConsumerBuilder()
            .setExpectedIssuer(true, config.issuer())
            .setExpectedAudience(true, config.audience().toArray(String[]::new))
            .setRequireExpirationTime()
            .setAllowedClockSkewInSeconds(skew)
            .setIssuedAtRestrictions(skew, Integer.MAX_VALUE)
            .setJwsAlgorithmConstraints(ALGORITHMS)
            .setVerificationKeyResolver(
                config.keys().startsWith("https://") ? fromAddress() : fromFile())
            .build();
  }

  String name() {
    return name;
  }

  String claim() {
    return config.issuer();
  }

  Bearer check(String token) {
    JwtClaims claims = believed(token);
    config
        .require()
        .forEach(
            (claim, value) -> {
              if (!value.equals(claims.getClaimValueAsString(claim))) {
                throw TokenIssuers.refused("does not say " + claim + " as this service asks");
              }
            });
    Optional<String> boundTo = boundTo(claims);
    if (config.bound() && boundTo.isEmpty()) {
      throw TokenIssuers.refused("is not bound to a client certificate (RFC 8705 s3)");
    }
    return new Bearer(name, identity(claims), boundTo);
  }

  private JwtClaims believed(String token) {
    try {
      return consumer.processToClaims(token);
    } catch (InvalidJwtException refused) {
      if (refused.getCause() instanceof UnresolvableKeyException
          && refused.getCause().getCause() instanceof IOException) {
        throw new Failure.Unavailable("token issuer " + name, "its keys cannot be read", TROUBLE)
            .because(refused);
      }
      throw TokenIssuers.refused(
          REASONS.stream()
              .filter(reason -> refused.hasErrorCode(reason.code()))
              .map(Reason::words)
              .findFirst()
              .orElse("has no good signature by a key of its issuer, or is no such token"));
    }
  }

  /** Values cannot hold what stands between them, so no two bearers have one text. */
  private String identity(JwtClaims claims) {
    StringJoiner parts = new StringJoiner(" ");
    for (String claim : config.identity()) {
      if (!(claims.getClaimValue(claim) instanceof String value)
          || value.isEmpty()
          || value.chars().anyMatch(c -> c <= ' ')) {
        throw TokenIssuers.refused("has no claim " + claim + " that is one word");
      }
      parts.add(value);
    }
    return parts.toString();
  }

  /** RFC 8705 s3.1: {@code cnf} with {@code x5t#S256}. */
  private static Optional<String> boundTo(JwtClaims claims) {
    try {
      if (!claims.hasClaim("cnf")) {
        return Optional.empty();
      }
      // RFC 7800 s3: a binding that is not understood must not be passed over.
      if (claims.getClaimValue("cnf", Map.class).get("x5t#S256") instanceof String thumbprint) {
        return Optional.of(HexFormat.of().formatHex(Base64.getUrlDecoder().decode(thumbprint)));
      }
      throw TokenIssuers.refused("is bound to something else than a client certificate");
    } catch (MalformedClaimException | IllegalArgumentException unreadable) {
      throw TokenIssuers.refused("has a confirmation that cannot be read (RFC 7800 s3)");
    }
  }

  private VerificationKeyResolver fromAddress() {
    Get get = new Get();
    get.setConnectTimeout(2_000);
    get.setReadTimeout(2_000);
    get.setRetries(0);
    get.setResponseBodySizeLimit(256 * 1024);
    config.keysTrust().ifPresent(file -> get.setTrustedCertificates(trusted(file)));
    HttpsJwks keys = new HttpsJwks(config.keys());
    keys.setSimpleHttpGet(get);
    keys.setDefaultCacheDuration(600);
    // What was read stays good while the issuer is away; a made-up key id asks once a minute.
    keys.setRetainCacheOnErrorDuration(3600);
    keys.setRefreshReprieveThreshold(60_000);
    return new HttpsJwksVerificationKeyResolver(keys);
  }

  private List<X509Certificate> trusted(Path file) {
    try {
      return JavaCertificates.foreign(Files.readAllBytes(file));
    } catch (IOException | CertificateException cannot) {
      throw new Failure.Misconfigured(
              "chancery.token-issuers." + name + ".keys-trust", "cannot be read", "name a PEM file")
          .because(cannot);
    }
  }

  private VerificationKeyResolver fromFile() {
    URI place = URI.create(config.keys());
    if (place.getScheme() != null && !"file".equals(place.getScheme())) {
      throw new Failure.Misconfigured(
              "chancery.token-issuers." + name + ".keys",
              "is neither an https address nor a file",
              "keys decide who may do what: fetch them over https")
          .thrown();
    }
    Path file = place.getScheme() == null ? Path.of(config.keys()) : Path.of(place);
    return new FileKeys(file)::key;
  }

  /**
   * A file with a JWK Set, small and near: read for every token, so that a new one counts at once.
   */
  private record FileKeys(Path file) {
    Key key(JsonWebSignature signature, List<JsonWebStructure> nesting)
        throws UnresolvableKeyException {
      try {
        return new JwksVerificationKeyResolver(
                new JsonWebKeySet(Files.readString(file)).getJsonWebKeys())
            .resolveKey(signature, nesting);
      } catch (UnresolvableKeyException unknown) {
        throw unknown;
      } catch (IOException away) {
        throw new UnresolvableKeyException("the file cannot be read", away);
      } catch (JoseException none) {
        throw new UnresolvableKeyException("the file is no JWK Set", new IOException(none));
      }
    }
  }
}
