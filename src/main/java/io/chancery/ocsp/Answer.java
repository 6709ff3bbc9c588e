package io.chancery.ocsp;

import io.chancery.x509.Der;

/**
 * What goes out.
 *
 * @param octets the whole OCSPResponse
 * @param thisUpdate in seconds since 1970; 0 for an error
 * @param nextUpdate in seconds since 1970; 0 for an error
 */
@SuppressWarnings("ArrayRecordComponent") // made for one client, and written to its connection
public record Answer(byte[] octets, Keeping keeping, long thisUpdate, long nextUpdate) {
  /** What a shared cache may do with it. */
  public enum Keeping {
    /** It holds for everybody, until nextUpdate. */
    SHARED,
    /** A serial that was never issued may be issued any moment. */
    BRIEFLY,
    /** Errors, and answers to one client's nonce. */
    NEVER
  }

  static Answer error(Der der) {
    return new Answer(der.octets(), Keeping.NEVER, 0, 0);
  }

  Answer forThisClientAlone() {
    return new Answer(octets, Keeping.NEVER, thisUpdate, nextUpdate);
  }
}
