package io.chancery.disks;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The operator's words about disks. */
@ConfigMapping(prefix = "chancery.disk")
interface DiskConfig {
  /** A disk with less room than so many MiB is told of. */
  @WithDefault("100")
  long freeMib();

  /** How often the disks are tried. */
  @WithDefault("5s")
  Duration look();
}
