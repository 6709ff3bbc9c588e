package io.chancery.filter;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The operator's words about filters. */
@ConfigMapping(prefix = "chancery.filter")
interface FilterConfig {
  /** A new one is made at this age, and the first at start; {@code off} makes and serves none. */
  @WithDefault("1H")
  String every();

  /** How often the job looks whether one is due, and for other replicas' filters. */
  @WithDefault("1m")
  Duration look();

  /** How long a filter may be used: nextUpdate is thisUpdate plus this. */
  @WithDefault("24H")
  Duration lifetime();

  /** How old a certificate must at least be to be covered; a request may take as long. */
  @WithDefault("10m")
  Duration margin();
}
