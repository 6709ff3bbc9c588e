package io.chancery.x509;

import java.math.BigInteger;

/**
 * Fermat's factorisation (CVE-2022-26320): two primes that lie close together are found as {@code
 * a^2 - b^2} in a few steps upwards from the root of their product.
 */
final class CloseFactors {
  /** The CA/Browser Forum's number (BR s6.1.1.3): independent primes are never found in it. */
  private static final int ROUNDS = 100;

  /** Bit i is set where i is a square modulo 64: five of six numbers need no root. */
  private static final long SQUARES_MODULO_64 = squaresModulo64();

  private CloseFactors() {}

  static boolean found(BigInteger modulus) {
    BigInteger[] root = modulus.sqrtAndRemainder();
    if (root[1].signum() == 0) {
      return true;
    }
    BigInteger a = root[0].add(BigInteger.ONE);
    for (int round = 0; round < ROUNDS; round++) {
      if (isSquare(a.multiply(a).subtract(modulus))) {
        return true;
      }
      a = a.add(BigInteger.ONE);
    }
    return false;
  }

  private static boolean isSquare(BigInteger number) {
    boolean possible = (SQUARES_MODULO_64 >>> (number.intValue() & 63) & 1) == 1;
    return possible && number.sqrtAndRemainder()[1].signum() == 0;
  }

  private static long squaresModulo64() {
    long squares = 0;
    for (int i = 0; i < 64; i++) {
      squares |= 1L << (i * i % 64);
    }
    return squares;
  }
}
