package io.chancery.revocation;

import io.chancery.x509.IssuerName;
import java.time.Duration;
import java.time.Instant;

/**
 * A CRL as it is published now.
 *
 * @param scope empty for the whole issuer, else the shard's number
 * @param refresh at this age the next one should have taken its place
 */
public record CrlFact(
    IssuerName issuer,
    String scope,
    Kind kind,
    long number,
    Instant thisUpdate,
    Instant nextUpdate,
    Duration refresh) {
  /** A complete one, or what has changed since one. */
  public enum Kind {
    COMPLETE,
    DELTA
  }
}
