package io.chancery.issuance;

import io.chancery.x509.Der;

/** The OCSP answers that carry no certificate status and no signature (RFC 6960 s2.3). */
public enum OcspError {
  MALFORMED_REQUEST(1),
  INTERNAL_ERROR(2),
  TRY_LATER(3),
  UNAUTHORIZED(6);

  private final int status;

  OcspError(int status) {
    this.status = status;
  }

  /** The whole OCSPResponse { responseStatus ENUMERATED }: RFC 6960 s4.2.1. */
  public Der response() {
    return Der.of(new byte[] {0x30, 0x03, 0x0a, 0x01, (byte) status});
  }
}
