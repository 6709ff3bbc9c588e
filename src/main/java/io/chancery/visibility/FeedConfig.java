package io.chancery.visibility;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The operator's words about how changes of status travel between replicas. */
@ConfigMapping(prefix = "chancery.feed")
interface FeedConfig {
  /** How often the book is asked for changes, should its notifications be lost. */
  @WithDefault("0.25s")
  Duration look();
}
