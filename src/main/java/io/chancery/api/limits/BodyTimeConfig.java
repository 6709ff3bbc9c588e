package io.chancery.api.limits;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The operator's words about how long a request may take to arrive. */
@ConfigMapping(prefix = "chancery.requests")
interface BodyTimeConfig {
  /** From a request's headers to the end of its body; then the connection is cut. */
  @WithDefault("30s")
  Duration bodyTime();
}
