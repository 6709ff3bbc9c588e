package io.chancery.enrolment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The operator's words about requests that come again without an Idempotency-Key. */
@ConfigMapping(prefix = "chancery.duplicates")
interface DuplicatesConfig {
  /** The same request within this time gets the same certificate; 0 turns it off. */
  @WithDefault("10m")
  Duration window();

  /** How often it does before it is refused with 429. */
  @WithDefault("20")
  int most();
}
