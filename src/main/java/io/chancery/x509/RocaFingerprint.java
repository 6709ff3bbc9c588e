package io.chancery.x509;

import java.math.BigInteger;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The mark of CVE-2017-15361 ("Return of Coppersmith's Attack", Nemec et al. 2017, s2.3): that
 * generator's primes are powers of 65537 modulo the product M of the first small primes, so its
 * moduli are too. One exponent must fit all 39 primes; a random modulus does so once in 2^154.
 */
final class RocaFingerprint {
  private static final int GENERATOR = 65537;

  /** The first 39 primes, whose product divides the M of every key size. */
  private static final int[] PRIMES =
      IntStream.rangeClosed(2, 167)
          .filter(n -> BigInteger.valueOf(n).isProbablePrime(40))
          .toArray();

  private RocaFingerprint() {}

  /**
   * Solves the discrete logarithm modulo each prime, and keeps in {@code exponent} modulo {@code
   * order} what fits all primes so far. The order of 65537 modulo M is about 2^61: a long is
   * enough.
   */
  static boolean marks(BigInteger modulus) {
    long exponent = 0;
    long order = 1;
    for (int prime : PRIMES) {
      int period = period(prime);
      OptionalInt logarithm = logarithm(modulus.mod(BigInteger.valueOf(prime)).intValue(), prime);
      if (logarithm.isEmpty()) {
        return false;
      }
      long merged = order / gcd(order, period) * period;
      while (exponent < merged && exponent % period != logarithm.getAsInt()) {
        exponent += order;
      }
      if (exponent >= merged) {
        return false;
      }
      order = merged;
    }
    return true;
  }

  /** The least power of 65537 that is {@code residue} modulo {@code prime}, if there is one. */
  private static OptionalInt logarithm(int residue, int prime) {
    int power = 1;
    for (int i = 0; i < period(prime); i++) {
      if (power == residue) {
        return OptionalInt.of(i);
      }
      power = power * GENERATOR % prime;
    }
    return OptionalInt.empty();
  }

  /** The order of 65537 modulo {@code prime}. */
  private static int period(int prime) {
    int power = GENERATOR % prime;
    int period = 1;
    while (power != 1) {
      power = power * GENERATOR % prime;
      period++;
    }
    return period;
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
