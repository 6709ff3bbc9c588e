package io.chancery.disks;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The operator's words about disks. */
@ConfigMapping(prefix = "chancery.disk")
interface DiskConfig {
  /** A disk with less room than so many MiB is told of. */
  @WithDefault("100")
  long freeMib();
}
