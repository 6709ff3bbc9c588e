package io.chancery.cli.bench;

import io.chancery.x509.Thumbprint;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The serial numbers of the seeded certificates, each 20 octets, from a count: here as the database
 * makes them.
 */
public final class Serials {
  /** What the counts of revoked ones begin at, so that either kind can grow later. */
  static final long REVOKED = 1_000_000_000;

  /** The same in SQL, of a column {@code i}. */
  public static final String SQL =
      "'4' || substr(encode(sha256(convert_to('bench-' || i, 'UTF8')), 'hex'), 1, 39)";

  private static final int DIGITS = 39;

  private Serials() {}

  public static String hex(long i) {
    byte[] name = ("bench-" + i).getBytes(StandardCharsets.UTF_8);
    return "4" + Thumbprint.of(name).hex().substring(0, DIGITS);
  }

  /**
   * Some of the first {@code among} good ones, spread over all of them; the same ones each time.
   */
  static List<BigInteger> sample(long among, int most) {
    Random random = new Random(among);
    List<BigInteger> sample = new ArrayList<>();
    for (long i = 0; i < Math.min(among, most); i++) {
      sample.add(new BigInteger(hex(among <= most ? i : random.nextLong(among)), 16));
    }
    return sample;
  }
}
