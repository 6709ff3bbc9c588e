package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.testing.Csrs;
import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Fermat's method finds what it can find in a hundred steps, and nothing else. */
class CloseFactorsTest {
  private static final BigInteger PRIME = BigInteger.probablePrime(1024, new Random(3));

  @Test
  void neighboursAndSquaresAreFound() {
    BigInteger next = PRIME.nextProbablePrime();

    assertThat(CloseFactors.found(PRIME.multiply(PRIME))).isTrue();
    assertThat(CloseFactors.found(PRIME.multiply(next))).isTrue();
    assertThat(CloseFactors.found(PRIME.multiply(next.nextProbablePrime()))).isTrue();
  }

  @Test
  void theHundredthStepIsTheLast() {
    // For n = (a - b)(a + b), the steps go from the root of n up to a.
    BigInteger root = BigInteger.TWO.pow(1023).add(BigInteger.ONE);

    assertThat(CloseFactors.found(differingBySteps(root, 99))).isTrue();
    assertThat(CloseFactors.found(differingBySteps(root, 101))).isFalse();
  }

  @Test
  void independentPrimesAreNotFound() {
    RSAPublicKey key = (RSAPublicKey) Csrs.pair(KeyAlgorithm.rsa(2048)).getPublic();

    assertThat(CloseFactors.found(key.getModulus())).isFalse();
    assertThat(CloseFactors.found(PRIME.multiply(PRIME.add(BigInteger.TWO.pow(600))))).isFalse();
  }

  /** A product whose half sum is {@code steps} above its rounded-up root. */
  private static BigInteger differingBySteps(BigInteger root, int steps) {
    BigInteger a = root.add(BigInteger.valueOf(steps));
    // b^2 = a^2 - n with n just above (root - 1)^2: so b is the root of about 2 * steps * root.
    BigInteger b = a.multiply(a).subtract(root.multiply(root)).sqrt();
    return a.subtract(b).multiply(a.add(b));
  }
}
