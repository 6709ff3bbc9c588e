package io.chancery.access.jwt;

import io.chancery.Failure;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

/** The issuers of tokens that are believed, by the claim {@code iss}. */
@Singleton
public final class TokenIssuers {
  /** More than any issuer needs; a header of 8 KB is the most that the door reads. */
  private static final int LONGEST = 16 * 1024;

  private final Provider<TokenIssuersConfig> config;
  private volatile Map<String, TokenIssuer> byClaim = Map.of();

  /** The doors are made before the configuration can be read, so it is asked for at the start. */
  @Inject
  TokenIssuers(Provider<TokenIssuersConfig> config) {
    this.config = config;
  }

  void start(@Observes StartupEvent event) {
    List<TokenIssuer> issuers =
        config.get().all().entrySet().stream()
            .map(entry -> new TokenIssuer(entry.getKey(), entry.getValue()))
            .toList();
    byClaim =
        issuers.stream()
            .collect(
                Collectors.toMap(
                    TokenIssuer::claim,
                    Function.identity(),
                    (one, other) -> {
                      throw new Failure.Misconfigured(
                              "chancery.token-issuers." + other.name(),
                              "has the issuer of " + one.name(),
                              "name each issuer once")
                          .thrown();
                    }));
  }

  /** Whether there is an issuer of this name. */
  public boolean knows(String name) {
    return byClaim.values().stream().anyMatch(issuer -> issuer.name().equals(name));
  }

  /**
   * Whether this looks like a signed token, and not like one of ours: three parts (RFC 7515 s7.1).
   */
  public static boolean isSigned(String text) {
    return text.chars().filter(c -> c == '.').count() == 2;
  }

  /** Whom the token speaks for; {@code Unauthenticated} with what is wrong with it. */
  public Bearer check(String token) {
    if (token.length() > LONGEST) {
      throw refused("is longer than " + LONGEST + " characters");
    }
    return Optional.ofNullable(byClaim.get(issuerOf(token)))
        .orElseThrow(() -> refused("is of an issuer that is not configured here"))
        .check(token);
  }

  /** Before anything is believed: only to choose whose keys to ask. */
  private static String issuerOf(String token) {
    try {
      String claims = token.split("\\.", -1)[1];
      Map<String, Object> all =
          JsonUtil.parseJson(
              new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8));
      if (all.get("iss") instanceof String issuer) {
        return issuer;
      }
      throw refused("names no issuer (RFC 7519 s4.1.1)");
    } catch (IllegalArgumentException | JoseException notOne) {
      throw refused("is no JSON Web Token (RFC 7519 s3)");
    }
  }

  static RuntimeException refused(String why) {
    return new Failure.Unauthenticated(
            "the token " + why, "ask its issuer for a new one for this service")
        .thrown();
  }
}
