package io.chancery.access.jwt;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operator's words about issuers of tokens, each under a name that identities refer to. */
@ConfigMapping(prefix = "chancery.token-issuers")
public interface TokenIssuersConfig {
  /** By name. */
  @WithParentName
  Map<String, Issuer> all();

  /** One of them. */
  interface Issuer {
    /** The claim iss of its tokens, exactly. */
    String issuer();

    /** Its public keys (JWK Set, RFC 7517): an https address, or a file that is read again. */
    String keys();

    /** PEM file with the authority that the https address' certificate chains to. */
    Optional<Path> keysTrust();

    /** One of these must be in the claim aud. */
    List<String> audience();

    /** The claims, in order, whose values identify the bearer. */
    @WithDefault("sub")
    List<String> identity();

    /** Claims that must have exactly this value. */
    Map<String, String> require();

    /** By how much clocks may differ. */
    @WithDefault("30s")
    Duration skew();

    /** Whether a token must be bound to the client certificate beside it (RFC 8705 s3). */
    @WithDefault("false")
    boolean bound();
  }
}
