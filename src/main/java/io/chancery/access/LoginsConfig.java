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

  /**
   * How often the same credential may fail from one address before it has to wait there: a second,
   * then twice as long each time, up to a minute. It is not looked at meanwhile.
   */
  @WithDefault("10")
  int failuresPerMinute();

  /** Failed ones a minute from one address, whatever they were; what is accepted passes anyway. */
  @WithDefault("600")
  int addressFailuresPerMinute();
}
