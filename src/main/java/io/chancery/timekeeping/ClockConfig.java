package io.chancery.timekeeping;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The operator's words about the clock. */
@ConfigMapping(prefix = "chancery.clock")
interface ClockConfig {
  /**
   * How long the service may have stood still. Where the newest entry of the ledger is older at
   * start and no other machine's clock agrees, nothing is issued until the operator says believe.
   */
  @WithDefault("30D")
  Duration rest();

  /** How often the clocks are compared. */
  @WithDefault("2s")
  Duration look();

  /** It is at least this time: a start within a day after it believes the machine's clock. */
  Optional<Instant> believe();
}
