package io.chancery.access.foreign;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The operator's words about other authorities, each under a name that identities refer to. */
@ConfigMapping(prefix = "chancery.foreign-authorities")
public interface ForeignConfig {
  /** By name. */
  @WithParentName
  Map<String, Authority> all();

  /** One of them. */
  interface Authority {
    /** PEM file with its certificates; each is an anchor. */
    Path certificates();

    /** File with the CRLs of the whole path, read for every request; without it dates decide. */
    Optional<Path> crl();
  }
}
