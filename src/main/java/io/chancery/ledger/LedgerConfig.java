package io.chancery.ledger;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The operator's words about the ledger. */
@ConfigMapping(prefix = "chancery.ledger")
interface LedgerConfig {
  /**
   * Where the copy outside the database is kept: a folder on another disk or a share that all
   * replicas see. The service does not start without it.
   */
  Optional<String> copy();

  /**
   * The name of this log in its checkpoints, for ever (C2SP tlog-checkpoint). Default:
   * chancery.internal/ and the beginning of the ledger key's id.
   */
  Optional<String> origin();

  /** How often entries that wait are given their place and a checkpoint is signed. */
  @WithDefault("1s")
  Duration every();

  /** How long the copy may lack what the database has before nothing more is signed. */
  @WithDefault("15M")
  Duration mayLag();

  /** How long a checkpoint waits for its witnesses before it is published without them. */
  @WithDefault("1s")
  Duration witnessPatience();
}
