package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.testing.Csrs;
import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Moduli of the broken generator's form are told from all others. */
class RocaFingerprintTest {
  private static final BigInteger GENERATOR = BigInteger.valueOf(65537);

  @ParameterizedTest
  @ValueSource(ints = {512, 2048})
  void moduliOfTheGeneratorAreMarked(int bits) {
    assertThat(RocaFingerprint.marks(markedModulus(bits))).isTrue();
  }

  @Test
  void othersAreNot() {
    for (int bits : new int[] {2048, 3072}) {
      RSAPublicKey key = (RSAPublicKey) Csrs.pair(KeyAlgorithm.rsa(bits)).getPublic();
      assertThat(RocaFingerprint.marks(key.getModulus())).isFalse();
    }
    Random random = new Random(5);
    for (int i = 0; i < 2_000; i++) {
      assertThat(RocaFingerprint.marks(new BigInteger(2048, random).setBit(0))).isFalse();
    }
  }

  @Test
  void aPowerModuloEveryPrimeIsNoMarkWithoutOneExponentForAll() {
    // 65537 to the power 1 modulo the first primes, to the power 2 modulo the rest.
    BigInteger first = product(2, 83);
    BigInteger rest = product(89, 167);
    BigInteger mixed = GENERATOR.mod(first);
    while (!mixed.mod(rest).equals(GENERATOR.pow(2).mod(rest))) {
      BigInteger step = GENERATOR.pow(2).subtract(mixed).multiply(first.modInverse(rest)).mod(rest);
      mixed = mixed.add(first.multiply(step));
    }

    assertThat(RocaFingerprint.marks(mixed)).isFalse();
    assertThat(RocaFingerprint.marks(GENERATOR.pow(12_345))).isTrue();
  }

  /** Nemec et al., s2.1: p = k * M + (65537^a mod M), with M the product of the first n primes. */
  static BigInteger markedModulus(int bits) {
    BigInteger m = product(2, bits >= 1984 ? 701 : 167);
    Random random = new Random(bits);
    BigInteger modulus = prime(bits / 2, m, random).multiply(prime(bits / 2, m, random));
    assertThat(modulus.bitLength()).isEqualTo(bits);
    return modulus;
  }

  private static BigInteger prime(int bits, BigInteger m, Random random) {
    while (true) {
      BigInteger power = GENERATOR.modPow(new BigInteger(60, random), m);
      BigInteger top = new BigInteger(bits, random).setBit(bits - 1).setBit(bits - 2);
      BigInteger candidate = top.subtract(top.mod(m)).add(power);
      if (candidate.bitLength() == bits
          && candidate.testBit(bits - 2)
          && candidate.isProbablePrime(40)) {
        return candidate;
      }
    }
  }

  private static BigInteger product(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(BigInteger::valueOf)
        .filter(number -> number.isProbablePrime(40))
        .reduce(BigInteger.ONE, BigInteger::multiply);
  }
}
