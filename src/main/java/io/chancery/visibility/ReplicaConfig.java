package io.chancery.visibility;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The operator's words about replicas, and how long it is remembered what was seen where. */
@ConfigMapping(prefix = "chancery.replica")
interface ReplicaConfig {
  /** How often a replica lets the others know that it lives. */
  @WithDefault("1s")
  Duration beat();

  /** How often replicas that are gone and old sightings are forgotten. */
  @WithDefault("60s")
  Duration tidy();

  /** What people call this replica. Default: the host's name and the https port. */
  Optional<String> name();

  /** How long one that is gone without a word is remembered, and told of as gone. */
  @WithDefault("1H")
  Duration remembered();

  /** How long it is remembered when and where a change became visible. */
  @WithDefault("30D")
  Duration sightings();
}
