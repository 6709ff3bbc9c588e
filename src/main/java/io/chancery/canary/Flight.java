package io.chancery.canary;

import java.time.Duration;
import java.time.Instant;

/**
 * What the canary found at one public address.
 *
 * @param trouble empty where every step went well and in time
 * @param ocsp from the revocation to the first answer that said so
 * @param crl the same of a CRL
 */
public record Flight(String address, Instant at, String trouble, Duration ocsp, Duration crl) {
  public boolean isWell() {
    return trouble.isEmpty();
  }
}
