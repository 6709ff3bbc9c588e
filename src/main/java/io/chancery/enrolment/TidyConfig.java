package io.chancery.enrolment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The operator's words about reservations whose certificate never came. */
@ConfigMapping(prefix = "chancery.tidy")
interface TidyConfig {
  /** How often reservations without a certificate are finished. */
  @WithDefault("30s")
  Duration every();

  /** Younger ones are left alone: a request may still be at work on them. */
  @WithDefault("60s")
  Duration after();
}
