package io.chancery.canary;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The operator's words about the canary. */
@ConfigMapping(prefix = "chancery.canary")
interface CanaryConfig {
  /** How often a certificate is issued, used, revoked and asked for; off for never. */
  @WithDefault("60s")
  String every();

  /** Further addresses at which validators find the status, such as those of a CDN. */
  Optional<List<URI>> addresses();

  /** The profile that it asks under. */
  @WithDefault("tls-client")
  String profile();

  /** How long its certificates are asked for. */
  @WithDefault("10M")
  Duration validity();

  /** How soon OCSP must say revoked; later is worth an alert. */
  @WithDefault("1s")
  Duration ocspWithin();

  /** How soon a delta CRL, or the complete one where there is none, must say so. */
  @WithDefault("5s")
  Duration crlWithin();

  /** When it gives up. */
  @WithDefault("30s")
  Duration patience();
}
