package io.chancery.issuance.lint.body;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** RSA of 2048 to 8192 bits with an odd exponent from 65537, a NIST curve, or Ed25519. */
final class KeyStrength extends Lint {

  private static final BigInteger LEAST_EXPONENT = BigInteger.valueOf(65537);
  private static final Set<ASN1ObjectIdentifier> CURVES =
      Set.of(
          SECObjectIdentifiers.secp256r1,
          SECObjectIdentifiers.secp384r1,
          SECObjectIdentifiers.secp521r1);

  KeyStrength() {
    super("key-strength", "NIST SP 800-57 part 1, FIPS 186-5");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    ASN1ObjectIdentifier algorithm = it.key().getAlgorithm().getAlgorithm();
    if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
      return rsa(it.key());
    }
    if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
      ASN1Encodable curve = it.key().getAlgorithm().getParameters();
      return CURVES.contains(curve) ? Optional.empty() : Optional.of("a curve not used here");
    }
    return algorithm.equals(EdECObjectIdentifiers.id_Ed25519)
        ? Optional.empty()
        : Optional.of("key algorithm " + algorithm + " is not used here");
  }

  private static Optional<String> rsa(SubjectPublicKeyInfo key) {
    RSAPublicKey rsa;
    try {
      rsa = RSAPublicKey.getInstance(key.parsePublicKey());
    } catch (IOException unreadable) {
      return Optional.of("an RSA key that cannot be read");
    }
    int bits = rsa.getModulus().bitLength();
    // SP 800-57 part 1, table 2: 112 bits of security need 2048 bits of modulus.
    if (bits < 2048 || bits > 8192 || !rsa.getModulus().testBit(0)) {
      return Optional.of("an RSA modulus of " + bits + " bits");
    }
    BigInteger exponent = rsa.getPublicExponent();
    // FIPS 186-5 A.1.1: 2^16 < e < 2^256, odd.
    boolean sound =
        exponent.testBit(0)
            && exponent.compareTo(LEAST_EXPONENT) >= 0
            && exponent.bitLength() <= 256;
    return sound ? Optional.empty() : Optional.of("an RSA exponent of " + exponent);
  }
}
