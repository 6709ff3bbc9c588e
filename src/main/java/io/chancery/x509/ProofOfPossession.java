package io.chancery.x509;

import io.chancery.x509.verify.EcdsaKey;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** The request's own signature shows that the sender holds the key (RFC 2986 s3, s4.2). */
final class ProofOfPossession {
  private static final Place SIGNATURE = Place.REQUEST.at("signature");
  private static final String CLAUSE = "RFC 2986 s4.2";

  private ProofOfPossession() {}

  static void check(CsrSyntax request, CheckedKey key) {
    SignatureAlgorithm algorithm = algorithm(request.algorithm());
    if (!algorithm.fits(key.algorithm().family())) {
      throw SIGNATURE.malformed(algorithm.jcaName() + " with a key of " + key.algorithm(), CLAUSE);
    }
    byte[] signed = request.signed().octets();
    byte[] signature = request.signature().octets();
    boolean holds =
        SIGNATURE.read(
            CLAUSE,
            () ->
                switch (key) {
                  case CheckedKey.Rsa rsa -> verifies(rsa, algorithm, signed, signature);
                  case CheckedKey.Ec ec -> verifies(ec.point(), algorithm.hash(signed), signature);
                  case CheckedKey.Ed25519 edwards ->
                      verifies(edwards.key().octets(), signed, signature);
                });
    if (!holds) {
      throw SIGNATURE.malformed("does not verify with the key of the request", CLAUSE);
    }
  }

  private static SignatureAlgorithm algorithm(AlgorithmIdentifier identifier) {
    ASN1ObjectIdentifier oid = identifier.getAlgorithm();
    SignatureAlgorithm algorithm =
        SignatureAlgorithm.ofOid(oid.getId())
            .orElseThrow(
                () ->
                    SIGNATURE.malformed(
                        OidText.of(oid)
                            + " is not accepted; ECDSA and RSA with SHA-256, -384 or -512,"
                            + " and Ed25519 are",
                        CLAUSE));
    // RFC 4055 s5, RFC 5758 s3.2, RFC 8410 s3: NULL for RSA, absent for the others.
    if (!algorithm.identifier().equals(identifier)) {
      throw SIGNATURE.malformed(
          "the parameters of " + algorithm.jcaName() + " are not those of its standard", CLAUSE);
    }
    return algorithm;
  }

  /** RFC 8017 s8.2.2, by comparison of encodings: no decoder of the padding can be fooled. */
  private static boolean verifies(
      CheckedKey.Rsa key, SignatureAlgorithm algorithm, byte[] message, byte[] signature)
      throws IOException {
    int length = (key.modulus().bitLength() + 7) / 8;
    BigInteger number = new BigInteger(1, signature);
    if (signature.length != length || number.compareTo(key.modulus()) >= 0) {
      throw SIGNATURE.malformed("is not " + length + " octets below the modulus", CLAUSE);
    }
    byte[] info =
        new DigestInfo(digestIdentifier(algorithm), algorithm.hash(message))
            .getEncoded(ASN1Encoding.DER);
    // RFC 8017 s9.2: 00 01 FF...FF 00 DigestInfo
    byte[] expected = new byte[length];
    Arrays.fill(expected, 2, length - info.length - 1, (byte) 0xff);
    expected[1] = 1;
    System.arraycopy(info, 0, expected, length - info.length, info.length);
    return number.modPow(key.exponent(), key.modulus()).equals(new BigInteger(1, expected));
  }

  private static boolean verifies(ECPublicKeyParameters key, byte[] digest, byte[] signature)
      throws IOException {
    DerStructure.check(SIGNATURE, signature);
    ASN1Sequence pair = ASN1Sequence.getInstance(signature);
    BigInteger r = ASN1Integer.getInstance(pair.getObjectAt(0)).getValue();
    BigInteger s = ASN1Integer.getInstance(pair.getObjectAt(1)).getValue();
    if (pair.size() != 2 || !Arrays.equals(signature, pair.getEncoded(ASN1Encoding.DER))) {
      throw SIGNATURE.malformed("is not two integers", CLAUSE + ", RFC 3279 s2.2.3");
    }
    // FIPS 186-5 s6.4.2: r and s in [1, n-1]; r = s = 0 would verify everything.
    BigInteger order = key.getParameters().getN();
    if (!inRange(r, order) || !inRange(s, order)) {
      throw SIGNATURE.malformed("r and s are not between 1 and the curve's order", CLAUSE);
    }
    return EcdsaKey.of(key).holds(digest, signature);
  }

  private static boolean inRange(BigInteger number, BigInteger order) {
    return number.signum() > 0 && number.compareTo(order) < 0;
  }

  private static boolean verifies(byte[] key, byte[] message, byte[] signature) {
    // RFC 8032 s5.1.7; BouncyCastle refuses s beyond the group's order.
    return signature.length == Ed25519.SIGNATURE_SIZE
        && Ed25519.verify(signature, 0, key, 0, message, 0, message.length);
  }

  private static AlgorithmIdentifier digestIdentifier(SignatureAlgorithm algorithm) {
    ASN1ObjectIdentifier oid =
        switch (algorithm) {
          case RSA_SHA256, ECDSA_SHA256 -> NISTObjectIdentifiers.id_sha256;
          case RSA_SHA384, ECDSA_SHA384 -> NISTObjectIdentifiers.id_sha384;
          case RSA_SHA512, ECDSA_SHA512, ED25519 -> NISTObjectIdentifiers.id_sha512;
        };
    return new AlgorithmIdentifier(oid, DERNull.INSTANCE);
  }
}
