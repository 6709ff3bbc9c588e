package io.chancery.cli.ceremony;

import io.chancery.x509.DistinguishedName;
import io.chancery.x509.KeyAlgorithm;
import java.nio.file.Path;
import java.time.Duration;

/** The root as the file wants it: made here, or somebody else's. */
public sealed interface RootSpec {
  /**
   * Made in this ceremony.
   *
   * @param crlValidity how long its first, empty CRL is good for
   */
  record Here(
      Keeping keeping,
      DistinguishedName subject,
      KeyAlgorithm key,
      Duration validity,
      Duration crlValidity)
      implements RootSpec {}

  /** Held by others, who certify our requests; their certificate is what we check against. */
  record Elsewhere(Path certificate) implements RootSpec {}

  /** Where a root made here keeps its key. */
  sealed interface Keeping {}

  /** In the token that holds everything else too. */
  record SameToken() implements Keeping {}

  /** In a token of its own, that is taken out afterwards. */
  record OwnToken(TokenSpec token) implements Keeping {}

  /** In a folder of encrypted key files. */
  record KeyFiles(Path folder, Path passphraseFile) implements Keeping {}
}
