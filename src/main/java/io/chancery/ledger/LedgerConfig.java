package io.chancery.ledger;

import io.chancery.ledger.copy.S3Bucket;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The operator's words about the ledger. */
@ConfigMapping(prefix = "chancery.ledger")
interface LedgerConfig {
  /**
   * Where the copy outside the database is kept: a folder on another disk or a share that all
   * replicas see. The service does not start without a copy, here or in S3.
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

  /** The copy in S3-compatible storage instead. */
  Optional<S3> s3();

  /** A bucket. */
  interface S3 {
    /** Address of the storage, e.g. https://s3.internal:9000. */
    URI endpoint();

    /** Region, as the storage names it; us-east-1 where it is not said. */
    Optional<String> region();

    /** The bucket's name. */
    String bucket();

    /** Put before every path. */
    Optional<String> prefix();

    /** Where the bucket's name stands in addresses: PATH (default) or VIRTUAL_HOST. */
    Optional<S3Bucket.Addressing> addressing();

    /** File with the access key, in the form of AWS's credentials file; read for every request. */
    Path credentials();
  }

  /**
   * Who is asked to cosign checkpoints: each a verifier key, a space and a URL (C2SP tlog-witness).
   */
  Optional<List<String>> witnesses();

  /** How long a checkpoint waits for its witnesses before it is published without them. */
  @WithDefault("1s")
  Duration witnessPatience();
}
