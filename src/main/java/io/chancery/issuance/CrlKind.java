package io.chancery.issuance;

import java.math.BigInteger;
import java.net.URI;
import java.util.Optional;

/** What sort of CRL it is, as its extensions say it (RFC 5280 s5.2). */
public sealed interface CrlKind {
  /**
   * Complete for everything that the issuer has issued.
   *
   * @param freshest where its delta CRL is (RFC 5280 s5.2.6)
   */
  record Complete(Optional<URI> freshest) implements CrlKind {}

  /** Complete for the certificates whose CDP has this address (RFC 5280 s5.2.5). */
  record Shard(URI address) implements CrlKind {}

  /** What has changed since the complete CRL of this number (RFC 5280 s5.2.4). */
  record Delta(BigInteger base) implements CrlKind {}
}
