package io.chancery.rotation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;

/** The operator's words about the authority's own https certificate. */
@ConfigMapping(prefix = "chancery.server")
interface ServerConfig {
  /** The names it answers under, as {@code dns:...} and {@code ip:...}. */
  @WithDefault("dns:localhost,ip:127.0.0.1,ip:::1")
  List<String> names();

  /** The profile that its certificate is issued under. */
  @WithDefault("tls-server")
  String profile();
}
