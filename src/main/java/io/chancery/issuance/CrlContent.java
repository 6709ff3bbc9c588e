package io.chancery.issuance;

import io.chancery.Failure;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What a CRL is to say beside its entries. */
public record CrlContent(BigInteger number, Instant thisUpdate, Instant nextUpdate, CrlKind kind) {
  private static final int LONGEST_NUMBER = 20;

  public CrlContent {
    thisUpdate = thisUpdate.truncatedTo(ChronoUnit.SECONDS);
    nextUpdate = nextUpdate.truncatedTo(ChronoUnit.SECONDS);
    // RFC 5280 s5.2.3: not negative, at most 20 octets.
    if (number.signum() < 0 || number.toByteArray().length > LONGEST_NUMBER) {
      throw new Failure.Malformed(
              "CRL number", "", "must be 0 or more and at most 20 octets", "RFC 5280 s5.2.3")
          .thrown();
    }
    if (!nextUpdate.isAfter(thisUpdate)) {
      throw new Failure.Malformed(
              "CRL", "nextUpdate", nextUpdate + " is not after " + thisUpdate, "RFC 5280 s5.1.2.5")
          .thrown();
    }
    // RFC 5280 s5.2.4: the base was issued before.
    if (kind instanceof CrlKind.Delta delta && delta.base().compareTo(number) >= 0) {
      throw new Failure.Malformed(
              "CRL", "baseCRLNumber", delta.base() + " is not before " + number, "RFC 5280 s5.2.4")
          .thrown();
    }
  }
}
