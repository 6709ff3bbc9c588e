package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Failure;
import io.chancery.testing.Csrs;
import io.chancery.testing.Refusals;
import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import java.util.Random;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RSA keys that are too short, badly made or badly encoded are refused, each for its reason. */
class RsaChecksTest {
  private static final Place KEY = new Place("public key", "");
  private static final BigInteger F4 = BigInteger.valueOf(65537);
  private static final BigInteger GOOD =
      ((RSAPublicKey) Csrs.pair(KeyAlgorithm.rsa(2048)).getPublic()).getModulus();

  @ParameterizedTest
  @ValueSource(strings = {"65537", "65539", "4294967297", "18446744073709551617"})
  void oddExponentsFrom65537OnAreAccepted(String exponent) {
    CheckedKey key = check(GOOD, new BigInteger(exponent));

    assertThat(key.algorithm()).isEqualTo(KeyAlgorithm.rsa(2048));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "3", "17", "65535", "65536", "65538"})
  void otherExponentsAreRefused(String exponent) {
    assertThat(refusal(GOOD, new BigInteger(exponent)).clause()).isEqualTo("FIPS 186-5 A.1.1");
  }

  @Test
  void exponentsBeyond256BitsAreRefused() {
    BigInteger largest = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);

    assertThat(check(GOOD, largest).algorithm()).isEqualTo(KeyAlgorithm.rsa(2048));
    assertThat(refusal(GOOD, largest.add(BigInteger.TWO)).clause()).isEqualTo("FIPS 186-5 A.1.1");
    assertThat(refusal(GOOD, GOOD.subtract(BigInteger.TWO)).clause()).isEqualTo("FIPS 186-5 A.1.1");
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 1024, 2040, 2047, 8200, 16384})
  void otherSizesAreRefused(int bits) {
    BigInteger modulus = BigInteger.TWO.pow(bits - 1).add(BigInteger.ONE);

    Failure.Malformed refusal = refusal(modulus, F4);

    assertThat(refusal.reason()).contains(bits + " bits");
    assertThat(refusal.clause()).isEqualTo("NIST SP 800-131A s3");
  }

  @ParameterizedTest
  @ValueSource(ints = {2049, 3071, 4095})
  void oddSizesAreRefused(int bits) {
    BigInteger modulus = BigInteger.TWO.pow(bits - 1).add(BigInteger.ONE);

    assertThat(refusal(modulus, F4).clause()).isEqualTo("CA/Browser Forum BR s6.1.5");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 751, 1999})
  void smallFactorsAreRefused(int factor) {
    BigInteger small = BigInteger.valueOf(factor);
    BigInteger modulus = GOOD.subtract(GOOD.mod(small));

    assertThat(refusal(modulus, F4).reason()).contains("small factor");
  }

  @Test
  void closePrimesAreRefused() {
    BigInteger prime =
        BigInteger.probablePrime(1024, new Random(1)).setBit(1022).nextProbablePrime();

    assertThat(refusal(prime.multiply(prime.nextProbablePrime()), F4).clause())
        .isEqualTo("CVE-2022-26320");
    assertThat(refusal(prime.multiply(prime), F4).clause()).isEqualTo("CVE-2022-26320");
  }

  @Test
  void theMarkOfTheBrokenGeneratorIsRefused() {
    assertThat(refusal(RocaFingerprintTest.markedModulus(2048), F4).clause())
        .isEqualTo("CVE-2017-15361");
  }

  @Test
  void parametersAreNull() {
    byte[] key = key(GOOD, F4);

    assertThat(Refusals.malformed(() -> RsaChecks.check(KEY, Optional.empty(), key)).clause())
        .isEqualTo("RFC 3279 s2.3.1");
    assertThat(
            Refusals.malformed(() -> RsaChecks.check(KEY, Optional.of(new DERSequence()), key))
                .clause())
        .isEqualTo("RFC 3279 s2.3.1");
  }

  @Test
  void theKeyIsTwoPositiveIntegers() {
    ASN1Encodable modulus = new ASN1Integer(GOOD);
    ASN1Encodable exponent = new ASN1Integer(F4);
    byte[] negative = key(GOOD.negate(), F4);
    byte[] zero = key(GOOD, BigInteger.ZERO);
    byte[] three = Csrs.encoded(new DERSequence(new ASN1Encodable[] {modulus, exponent, exponent}));
    byte[] one = Csrs.encoded(new DERSequence(modulus));

    for (byte[] bad : new byte[][] {negative, zero, three, one, Csrs.encoded(modulus)}) {
      assertThat(refusal(bad).clause()).isEqualTo("RFC 8017 A.1.1");
    }
    assertThat(refusal(new byte[0]).clause()).isEqualTo("X.690 s8.1.1");
    assertThat(refusal(CsrBombTest.nested(100)).clause()).isEqualTo("Chancery nesting limit");
  }

  private static CheckedKey check(BigInteger modulus, BigInteger exponent) {
    return RsaChecks.check(KEY, Optional.of(DERNull.INSTANCE), key(modulus, exponent));
  }

  private static Failure.Malformed refusal(BigInteger modulus, BigInteger exponent) {
    return refusal(key(modulus, exponent));
  }

  private static Failure.Malformed refusal(byte[] key) {
    return Refusals.malformed(() -> RsaChecks.check(KEY, Optional.of(DERNull.INSTANCE), key));
  }

  private static byte[] key(BigInteger modulus, BigInteger exponent) {
    return Csrs.encoded(
        new DERSequence(new ASN1Encodable[] {new ASN1Integer(modulus), new ASN1Integer(exponent)}));
  }
}
