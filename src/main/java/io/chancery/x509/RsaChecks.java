package io.chancery.x509;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;

/**
 * RSA keys: the size, the exponent, and the known ways in which a modulus was made badly. What is
 * cheap to see is asked first.
 */
final class RsaChecks {
  private static final int FEWEST_BITS = 2048;
  private static final int MOST_BITS = 8192;
  private static final BigInteger LEAST_EXPONENT = BigInteger.valueOf(65537);
  private static final int MOST_EXPONENT_BITS = 256;

  /** NIST SP 800-89 s5.3.3 asks for the primes up to 751. */
  private static final int LARGEST_SMALL_PRIME = 2000;

  private static final BigInteger SMALL_PRIMES =
      IntStream.rangeClosed(2, LARGEST_SMALL_PRIME)
          .mapToObj(BigInteger::valueOf)
          .filter(number -> number.isProbablePrime(40))
          .reduce(BigInteger.ONE, BigInteger::multiply);

  private RsaChecks() {}

  static CheckedKey check(Place place, Optional<ASN1Encodable> parameters, byte[] key) {
    // RFC 3279 s2.3.1: the parameters are NULL.
    if (!parameters.equals(Optional.of(DERNull.INSTANCE))) {
      throw place.malformed("the parameters of rsaEncryption are not NULL", "RFC 3279 s2.3.1");
    }
    CheckedKey.Rsa rsa = read(place, key);
    checkSize(place, rsa.modulus().bitLength());
    checkExponent(place, rsa.exponent());
    checkFactors(place, rsa.modulus());
    return rsa;
  }

  /** The algorithm of a key, whatever its quality. */
  static KeyAlgorithm algorithm(Place place, byte[] key) {
    return read(place, key).algorithm();
  }

  /** RFC 8017 A.1.1: RSAPublicKey ::= SEQUENCE { modulus, publicExponent }. */
  private static CheckedKey.Rsa read(Place place, byte[] key) {
    DerStructure.check(place, key);
    return place.read(
        "RFC 8017 A.1.1",
        () -> {
          ASN1Sequence pair = ASN1Sequence.getInstance(key);
          BigInteger modulus = ASN1Integer.getInstance(pair.getObjectAt(0)).getValue();
          BigInteger exponent = ASN1Integer.getInstance(pair.getObjectAt(1)).getValue();
          if (pair.size() != 2
              || modulus.signum() <= 0
              || exponent.signum() <= 0
              || !Arrays.equals(key, pair.getEncoded(ASN1Encoding.DER))) {
            throw place.malformed("is not two positive integers", "RFC 8017 A.1.1");
          }
          return new CheckedKey.Rsa(modulus, exponent);
        });
  }

  private static void checkSize(Place place, int bits) {
    if (bits < FEWEST_BITS || bits > MOST_BITS) {
      throw place.malformed(
          "an RSA modulus of " + bits + " bits; 2048 to 8192 are accepted", "NIST SP 800-131A s3");
    }
    // A generator that was asked for n bits and left n-1 does not hold its own promise.
    if (bits % 8 != 0) {
      throw place.malformed(
          "an RSA modulus of " + bits + " bits, which is no multiple of 8",
          "CA/Browser Forum BR s6.1.5");
    }
  }

  private static void checkExponent(Place place, BigInteger exponent) {
    // FIPS 186-5 A.1.1: odd, 2^16 < e < 2^256.
    if (exponent.compareTo(LEAST_EXPONENT) < 0
        || exponent.bitLength() > MOST_EXPONENT_BITS
        || !exponent.testBit(0)) {
      throw place.malformed(
          "the RSA exponent is not odd and between 65537 and 2^256", "FIPS 186-5 A.1.1");
    }
  }

  /**
   * All of it takes a fraction of a millisecond at 2048 bits. Whether the modulus is a prime is not
   * asked: at 8192 bits the answer takes a tenth of a second, which any caller could spend.
   */
  private static void checkFactors(Place place, BigInteger modulus) {
    if (!modulus.gcd(SMALL_PRIMES).equals(BigInteger.ONE)) {
      throw place.malformed("the RSA modulus has a small factor", "NIST SP 800-89 s5.3.3");
    }
    if (RocaFingerprint.marks(modulus)) {
      throw place.malformed(
          "the RSA modulus bears the mark of a broken generator; make a new key elsewhere",
          "CVE-2017-15361");
    }
    if (CloseFactors.found(modulus)) {
      throw place.malformed(
          "the RSA modulus is the product of two primes that are close together", "CVE-2022-26320");
    }
  }
}
