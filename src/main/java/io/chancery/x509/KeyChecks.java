package io.chancery.x509;

import io.chancery.PkiException;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** Whether a public key is one that can be trusted to have one holder. */
final class KeyChecks {
  private static final String CLAUSE = "RFC 5280 s4.1.2.7";
  private static final String ACCEPTED =
      "RSA of 2048 to 8192 bits, EC on P-256, P-384 or P-521, and Ed25519 are";

  private KeyChecks() {}

  /** The key, or a refusal at {@code place}. */
  static CheckedKey check(Place place, SubjectPublicKeyInfo info) {
    return place.read(CLAUSE, () -> byAlgorithm(place, info));
  }

  /** The algorithm alone; the key itself is not judged. */
  static KeyAlgorithm algorithm(Place place, SubjectPublicKeyInfo info) {
    ASN1ObjectIdentifier oid = info.getAlgorithm().getAlgorithm();
    if (oid.equals(PKCSObjectIdentifiers.rsaEncryption)) {
      return RsaChecks.algorithm(place, info.getPublicKeyData().getOctets());
    }
    if (oid.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
      // Not by its size: there are several curves of 256 bits.
      return EcChecks.named(place, Optional.ofNullable(info.getAlgorithm().getParameters()));
    }
    if (oid.equals(EdECObjectIdentifiers.id_Ed25519)) {
      return KeyAlgorithm.ED25519;
    }
    throw notAccepted(place, oid);
  }

  private static CheckedKey byAlgorithm(Place place, SubjectPublicKeyInfo info) {
    ASN1ObjectIdentifier algorithm = info.getAlgorithm().getAlgorithm();
    Optional<ASN1Encodable> parameters = Optional.ofNullable(info.getAlgorithm().getParameters());
    if (info.getPublicKeyData().getPadBits() != 0) {
      throw place.malformed("the key is no whole number of octets", CLAUSE);
    }
    byte[] key = info.getPublicKeyData().getOctets();
    if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
      return RsaChecks.check(place, parameters, key);
    }
    if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
      return EcChecks.check(place, parameters, key);
    }
    if (algorithm.equals(EdECObjectIdentifiers.id_Ed25519)) {
      return ed25519(place, parameters, key);
    }
    throw notAccepted(place, algorithm);
  }

  private static PkiException notAccepted(Place place, ASN1ObjectIdentifier algorithm) {
    return place.malformed(OidText.of(algorithm) + " is not accepted; " + ACCEPTED, CLAUSE);
  }

  private static CheckedKey ed25519(
      Place place, Optional<ASN1Encodable> parameters, byte[] octets) {
    if (parameters.isPresent()) {
      throw place.malformed("Ed25519 has no parameters", "RFC 8410 s3");
    }
    if (octets.length != Ed25519.PUBLIC_KEY_SIZE) {
      throw place.malformed("an Ed25519 key has 32 octets", "RFC 8032 s5.1.5");
    }
    // RFC 8032 s5.1.3, s5.1.7: the octets decode to a point, in the group of prime order; a point
    // of small order verifies signatures that nobody made.
    if (!Ed25519.validatePublicKeyFull(octets, 0)) {
      throw place.malformed("is no point of Ed25519's prime-order group", "RFC 8032 s5.1.3");
    }
    return new CheckedKey.Ed25519(Der.of(octets));
  }
}
