package io.chancery.visibility;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The operator's words about clients that follow changes of status. */
@ConfigMapping(prefix = "chancery.push")
interface PushConfig {
  /** How many may follow at once, on each replica. */
  @WithDefault("100")
  int clients();

  /** How often one that has nothing to hear hears that it is still connected. */
  @WithDefault("15s")
  Duration heartbeat();

  /** How long one may take to receive a change; then it is cut off, and may come back. */
  @WithDefault("10s")
  Duration patience();
}
