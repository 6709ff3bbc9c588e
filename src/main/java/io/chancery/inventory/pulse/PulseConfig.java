package io.chancery.inventory.pulse;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The operator's words about a database that may be away. */
@ConfigMapping(prefix = "chancery.database.pulse")
interface PulseConfig {
  /** How often the database is asked whether it is there. */
  @WithDefault("1s")
  Duration every();

  /**
   * How long it may take to answer that; whole seconds. After twice as long it counts as away, and
   * every connection to it is thrown away.
   */
  @WithDefault("2s")
  Duration patience();
}
