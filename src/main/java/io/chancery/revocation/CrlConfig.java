package io.chancery.revocation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The operator's words about CRLs. */
@ConfigMapping(prefix = "chancery.crl")
interface CrlConfig {
  /** How long a CRL may be used: nextUpdate is thisUpdate plus this. */
  @WithDefault("24H")
  Duration lifetime();

  /** A new one is signed at this age, even if nothing was revoked. */
  @WithDefault("1H")
  Duration refresh();

  /**
   * A complete CRL with no more entries than this is remade after every change as well; a delta
   * that would list more builds on the newest complete CRL.
   */
  @WithDefault("10000")
  int atOnce();

  /** After one publication the next waits this long, so that many changes share one. */
  @WithDefault("1s")
  Duration pace();

  /** How often the job looks whether one is due. */
  @WithDefault("1s")
  Duration look();
}
