package io.chancery.revocation.compromise;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.x509.Der;
import io.chancery.x509.SubjectPublicKey;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/**
 * The public key that a private one belongs to. It is worked out, not read: a public key that
 * stands beside a private one proves nothing. No refusal quotes anything of the input.
 */
final class PrivateKeys {
  private static final int LARGEST_RSA_BITS = 8192;
  private static final int LARGEST_EXPONENT_BITS = 256;

  private PrivateKeys() {}

  /** Of PKCS#8 (RFC 5958). */
  static SubjectPublicKey ofPkcs8(byte[] der) {
    return read(
        der,
        () -> {
          PrivateKeyInfo info = PrivateKeyInfo.getInstance(der);
          ASN1ObjectIdentifier algorithm = info.getPrivateKeyAlgorithm().getAlgorithm();
          if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return rsa(RSAPrivateKey.getInstance(info.parsePrivateKey()));
          }
          if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            return ec(
                ECPrivateKey.getInstance(info.parsePrivateKey()),
                info.getPrivateKeyAlgorithm().getParameters());
          }
          if (algorithm.equals(EdECObjectIdentifiers.id_Ed25519)) {
            return ed25519(ASN1OctetString.getInstance(info.parsePrivateKey()).getOctets());
          }
          throw malformed("is of a kind that no certificate here has", "RFC 5958 s2");
        });
  }

  /** Of SEC 1 (RFC 5915), as openssl writes {@code EC PRIVATE KEY}. */
  static SubjectPublicKey ofSec1(byte[] der) {
    return read(
        der,
        () -> {
          ECPrivateKey key = ECPrivateKey.getInstance(der);
          return ec(key, key.getParametersObject());
        });
  }

  /** Of PKCS#1 (RFC 8017), as openssl writes {@code RSA PRIVATE KEY}. */
  static SubjectPublicKey ofPkcs1(byte[] der) {
    return read(der, () -> rsa(RSAPrivateKey.getInstance(der)));
  }

  private interface Reading {
    SubjectPublicKey read() throws IOException;
  }

  private static SubjectPublicKey read(byte[] der, Reading reading) {
    Der.whole("private key", der);
    try {
      return reading.read();
    } catch (IOException
        | IllegalArgumentException
        | IllegalStateException
        | ArithmeticException
        | ClassCastException
        | IndexOutOfBoundsException unreadable) {
      // Without its cause: a decoder's message may quote what it could not read.
      throw malformed("cannot be read", "RFC 5958 s2");
    }
  }

  private static SubjectPublicKey rsa(RSAPrivateKey key) throws IOException {
    BigInteger modulus = key.getModulus();
    BigInteger exponent = key.getPublicExponent();
    BigInteger secret = key.getPrivateExponent();
    if (modulus.signum() <= 0
        || modulus.bitLength() > LARGEST_RSA_BITS
        || exponent.signum() <= 0
        || exponent.bitLength() > LARGEST_EXPONENT_BITS
        || secret.signum() <= 0
        || secret.compareTo(modulus) >= 0) {
      throw malformed("has numbers that no RSA key has", "RFC 8017 s3.2");
    }
    SubjectPublicKey known =
        key(
            new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
            new RSAPublicKey(modulus, exponent).getEncoded(ASN1Encoding.DER));
    // RFC 8017 s5.1: whoever can undo what anybody can do holds the private key.
    BigInteger number = new BigInteger(modulus.bitLength() - 1, new SecureRandom());
    if (!number.modPow(exponent, modulus).modPow(secret, modulus).equals(number)) {
      throw malformed("does not belong to the public key beside it", "RFC 8017 s3.2");
    }
    return known;
  }

  private static SubjectPublicKey ec(ECPrivateKey key, @Nullable ASN1Encodable parameters)
      throws IOException {
    // RFC 5480 s2.1.1: a curve is given by its name.
    if (!(parameters instanceof ASN1ObjectIdentifier curve)
        || !(curve.equals(SECObjectIdentifiers.secp256r1)
            || curve.equals(SECObjectIdentifiers.secp384r1)
            || curve.equals(SECObjectIdentifiers.secp521r1))) {
      throw malformed("is on another curve than P-256, P-384 and P-521", "RFC 5480 s2.1.1.1");
    }
    X9ECParameters domain = CustomNamedCurves.getByOID(curve);
    BigInteger secret = key.getKey();
    if (secret.signum() <= 0 || secret.compareTo(domain.getN()) >= 0) {
      throw malformed("is not between 1 and the curve's order", "SEC 1 s3.2.1");
    }
    byte[] point =
        new FixedPointCombMultiplier()
            .multiply(domain.getG(), secret)
            .normalize()
            .getEncoded(false);
    return key(new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve), point);
  }

  private static SubjectPublicKey ed25519(byte[] seed) throws IOException {
    if (seed.length != Ed25519.SECRET_KEY_SIZE) {
      throw malformed("an Ed25519 key has 32 octets", "RFC 8032 s5.1.5");
    }
    byte[] point = new byte[Ed25519.PUBLIC_KEY_SIZE];
    Ed25519.generatePublicKey(seed, 0, point, 0);
    return key(new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519), point);
  }

  private static SubjectPublicKey key(AlgorithmIdentifier algorithm, byte[] octets)
      throws IOException {
    return SubjectPublicKey.parse(
        Der.of(new SubjectPublicKeyInfo(algorithm, octets).getEncoded(ASN1Encoding.DER)));
  }

  private static PkiException malformed(String reason, String clause) {
    return new Failure.Malformed("private key", "", reason, clause).thrown();
  }
}
