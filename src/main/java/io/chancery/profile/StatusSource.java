package io.chancery.profile;

/** Where a validator learns whether a certificate of this profile is still good. */
public enum StatusSource {
  /** CRL distribution point and OCSP address stand in the certificate. */
  PUBLISHED,
  /** Too short-lived to revoke: neither stands in it, noRevAvail does (RFC 9608 s2). */
  NO_REVOCATION,
  /** An OCSP responder's own certificate: id-pkix-ocsp-nocheck (RFC 6960 s4.2.2.2.1). */
  OCSP_NO_CHECK
}
