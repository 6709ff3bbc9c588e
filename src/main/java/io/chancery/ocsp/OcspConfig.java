package io.chancery.ocsp;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The operator's words about OCSP. */
@ConfigMapping(prefix = "chancery.ocsp")
interface OcspConfig {
  /** How long an answer may be used: nextUpdate is thisUpdate plus this. */
  @WithDefault("1H")
  Duration lifetime();

  /** How long a shared cache may keep an answer to a GET (RFC 5019 s6.2). */
  @WithDefault("10s")
  Duration cacheable();
}
