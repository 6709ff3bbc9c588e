package io.chancery.filter;

import io.chancery.x509.IssuerName;
import io.chancery.x509.Thumbprint;
import java.time.Instant;

/** A filter as it was signed. */
public final class PublishedFilter {
  private final IssuerName issuer;
  private final long number;
  private final Instant thisUpdate;
  private final Instant nextUpdate;
  private final byte[] file;
  private final Thumbprint thumbprint;

  PublishedFilter(
      IssuerName issuer, long number, Instant thisUpdate, Instant nextUpdate, byte[] file) {
    this.issuer = issuer;
    this.number = number;
    this.thisUpdate = thisUpdate;
    this.nextUpdate = nextUpdate;
    this.file = file.clone();
    this.thumbprint = Thumbprint.of(this.file);
  }

  public IssuerName issuer() {
    return issuer;
  }

  public long number() {
    return number;
  }

  public Instant thisUpdate() {
    return thisUpdate;
  }

  public Instant nextUpdate() {
    return nextUpdate;
  }

  /** What {@link RevocationFilter#open} reads. */
  public byte[] file() {
    return file.clone();
  }

  /** The SHA-256 of the file. */
  public Thumbprint thumbprint() {
    return thumbprint;
  }
}
