package io.chancery.issuance;

import io.chancery.Failure;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.stream.Stream;

/**
 * What a CRL is to say.
 *
 * @param entries in the order they are to stand in; read once, one at a time
 */
public record CrlContent(
    BigInteger number, Instant thisUpdate, Instant nextUpdate, Iterator<CrlEntry> entries) {
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
  }

  public CrlContent(
      BigInteger number, Instant thisUpdate, Instant nextUpdate, Iterable<CrlEntry> entries) {
    this(number, thisUpdate, nextUpdate, entries.iterator());
  }

  public CrlContent(
      BigInteger number, Instant thisUpdate, Instant nextUpdate, Stream<CrlEntry> entries) {
    this(number, thisUpdate, nextUpdate, entries.iterator());
  }
}
