package io.chancery.backup;

import io.chancery.Sha256;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Counts and hashes a table's rows as COPY writes them, a line each. Besides the hash of the whole
 * there is a sum of the rows' hashes, which does not depend on their order: a database may give the
 * same rows in another one.
 */
final class TableDigest {
  private static final int BITS = 256;

  private final MessageDigest whole = Sha256.digest();
  private final MessageDigest single = Sha256.digest();
  private BigInteger sum = BigInteger.ZERO;
  private long rows;
  private long octets;

  /** One row with its line end. */
  void row(byte[] row) {
    whole.update(row);
    sum = sum.add(new BigInteger(1, single.digest(row)));
    if (sum.bitLength() > BITS) {
      sum = sum.clearBit(BITS);
    }
    rows++;
    octets += row.length;
  }

  /** A piece of the data, wherever it was cut; what it yields has no sum. */
  void piece(byte[] data, int length) {
    whole.update(data, 0, length);
    for (int i = 0; i < length; i++) {
      if (data[i] == '\n') {
        rows++;
      }
    }
    octets += length;
  }

  long rows() {
    return rows;
  }

  /** Ends the digest: it is of no use afterwards. */
  Digest end() {
    byte[] number = sum.toByteArray();
    byte[] padded = new byte[BITS / 8 + 1];
    System.arraycopy(number, 0, padded, padded.length - number.length, number.length);
    return new Digest(
        rows,
        octets,
        HexFormat.of().formatHex(whole.digest()),
        HexFormat.of().formatHex(padded, 1, padded.length));
  }

  /**
   * What identifies a table's data.
   *
   * @param sha256 of the data in the order of the file
   * @param rowSum the rows' SHA-256 added up modulo 2^256: the same in every order
   */
  record Digest(long rows, long octets, String sha256, String rowSum) {
    boolean sameData(Digest other) {
      return rows == other.rows && octets == other.octets && sha256.equals(other.sha256);
    }

    boolean sameRows(Digest other) {
      return rows == other.rows && octets == other.octets && rowSum.equals(other.rowSum);
    }
  }
}
