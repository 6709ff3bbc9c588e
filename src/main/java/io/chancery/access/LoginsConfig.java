package io.chancery.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The operator's words about credentials that are not accepted. */
@ConfigMapping(prefix = "chancery.logins")
interface LoginsConfig {
  /**
   * Failed ones that each replica puts on the roll one by one in a minute; one entry counts the
   * rest.
   */
  @WithDefault("300")
  int recordedPerMinute();
}
