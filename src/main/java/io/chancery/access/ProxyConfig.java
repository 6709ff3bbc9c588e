package io.chancery.access;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** The operator's words about proxies that end TLS before this service. */
@ConfigMapping(prefix = "chancery.proxy")
interface ProxyConfig {
  /**
   * Names in certificates of this authority (dns:gateway.internal) whose holders are believed when
   * they say which client certificate they saw (Client-Cert, RFC 9440, or X-Forwarded-Client-Cert).
   * Anybody else's word is not heard.
   */
  Optional<List<String>> names();

  /** The organization that owns these certificates. */
  Optional<String> organization();
}
