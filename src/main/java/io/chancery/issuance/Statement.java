package io.chancery.issuance;

import io.chancery.Failure;
import java.math.BigInteger;
import java.util.Optional;

/**
 * What an answer about one certificate says, times in seconds since 1970.
 *
 * @param serial the content octets of the INTEGER, as {@link BigInteger#toByteArray} has them
 * @param archiveCutoff as {@link SingleAnswer#archiveCutoff}
 * @param nonce the question's, echoed
 */
@SuppressWarnings("ArrayRecordComponent") // made and read on one thread, once for each answer
public record Statement(
    byte[] serial,
    SingleAnswer.Status status,
    long thisUpdate,
    long nextUpdate,
    long producedAt,
    Optional<Long> archiveCutoff,
    Optional<byte[]> nonce) {
  private static final int LONGEST_NONCE = 128;

  public Statement {
    // RFC 9654 s2.1: Nonce ::= OCTET STRING(SIZE(1..128))
    if (nonce.filter(octets -> octets.length < 1 || octets.length > LONGEST_NONCE).isPresent()) {
      throw new Failure.Malformed(
              "OCSP request", "nonce", "not 1 to " + LONGEST_NONCE + " octets", "RFC 9654 s2.1")
          .thrown();
    }
  }

  /** As it is pre-produced: made when it begins to hold, for whoever asks. */
  public static Statement kept(
      byte[] serial, SingleAnswer.Status status, long thisUpdate, long nextUpdate) {
    return new Statement(
        serial, status, thisUpdate, nextUpdate, thisUpdate, Optional.empty(), Optional.empty());
  }
}
