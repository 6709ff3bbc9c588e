package io.chancery.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The operator's words about a crowd that asks for certificates at once. */
@ConfigMapping(prefix = "chancery.admission")
interface AdmissionConfig {
  /** How many are at work at once. Those that meet share a transaction, and so a connection. */
  @WithDefault("128")
  int atOnce();

  /** How long one waits for its turn before it is told to come again. */
  @WithDefault("60s")
  Duration patience();

  /** How many may wait; the rest is told to come again at once. */
  @WithDefault("10000")
  int queue();

  /** How many may always wait as a crowd does, for the whole patience. */
  @WithDefault("500")
  int crowd();

  /** With more than those, the last one's wait that makes an overload of a crowd. */
  @WithDefault("8s")
  Duration foretold();

  /** With more than those, the same where the ones who were served come again. */
  @WithDefault("2s")
  Duration standing();

  /** How long more than those may wait before they are no crowd but an overload. */
  @WithDefault("30s")
  Duration crowdTime();

  /** How long one waits in an overload; whoever cannot be served by then is told so at once. */
  @WithDefault("250ms")
  Duration overloadPatience();
}
