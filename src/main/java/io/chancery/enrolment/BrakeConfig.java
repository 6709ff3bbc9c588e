package io.chancery.enrolment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The operator's words about clients that ask again and again. */
@ConfigMapping(prefix = "chancery.brake")
interface BrakeConfig {
  /** What is counted together. */
  @WithDefault("1H")
  Duration period();

  /** Requests of one owner for one profile and one set of names in a period that are not slowed. */
  @WithDefault("20")
  int free();

  /** Above so many such requests, the refused ones included, the client is paused; 0: never. */
  @WithDefault("60")
  int pauseAt();

  /** The same for one owner and one profile, whatever names, counted by each replica; 0: never. */
  @WithDefault("100000")
  int pauseProfileAt();
}
