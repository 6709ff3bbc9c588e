package io.chancery.access.rate;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The operator's words about how fast one may ask, of each replica. */
@ConfigMapping(prefix = "chancery.rates")
interface RatesConfig {
  /** Requests a minute from one address (of IPv6: one /64), known or not; 0 for no limit. */
  @WithDefault("120000")
  int addressPerMinute();

  /** Requests a minute by one caller; 0 for no limit. */
  @WithDefault("120000")
  int callerPerMinute();

  /** Requests a minute by all callers of one organization; 0 for no limit. */
  @WithDefault("240000")
  int organizationPerMinute();

  /** Addresses, callers and organizations, each, that are counted; the oldest make room. */
  @WithDefault("20000")
  int counted();
}
