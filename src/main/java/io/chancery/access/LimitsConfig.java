package io.chancery.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The operator's words about how much an organization may ask of a profile. */
@ConfigMapping(prefix = "chancery.limits")
interface LimitsConfig {
  /** Requests for certificates a minute, of each organization and profile, by each replica. */
  @WithDefault("6000")
  int perMinute();

  /** How many of them may come at once; a limit of its own gets the same part of it. */
  @WithDefault("3000")
  int burst();
}
