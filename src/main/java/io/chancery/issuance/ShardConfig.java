package io.chancery.issuance;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The operator's word about the size of CRLs. */
@ConfigMapping(prefix = "chancery.crl")
interface ShardConfig {
  /** Over how many shards new certificates are spread (serial modulo this); 0 for none. */
  @WithDefault("0")
  int shards();
}
