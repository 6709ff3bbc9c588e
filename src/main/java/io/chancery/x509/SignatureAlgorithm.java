package io.chancery.x509;

import io.chancery.Failure;
import io.chancery.x509.KeyAlgorithm.Family;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** The signature algorithms that this authority makes and accepts; nothing weaker is listed. */
public enum SignatureAlgorithm {
  ECDSA_SHA256(Family.EC, "SHA256withECDSA", "SHA-256", X9ObjectIdentifiers.ecdsa_with_SHA256),
  ECDSA_SHA384(Family.EC, "SHA384withECDSA", "SHA-384", X9ObjectIdentifiers.ecdsa_with_SHA384),
  ECDSA_SHA512(Family.EC, "SHA512withECDSA", "SHA-512", X9ObjectIdentifiers.ecdsa_with_SHA512),
  RSA_SHA256(Family.RSA, "SHA256withRSA", "SHA-256", PKCSObjectIdentifiers.sha256WithRSAEncryption),
  RSA_SHA384(Family.RSA, "SHA384withRSA", "SHA-384", PKCSObjectIdentifiers.sha384WithRSAEncryption),
  RSA_SHA512(Family.RSA, "SHA512withRSA", "SHA-512", PKCSObjectIdentifiers.sha512WithRSAEncryption),
  ED25519(Family.ED25519, "Ed25519", "", EdECObjectIdentifiers.id_Ed25519);

  private final Family family;
  private final String jcaName;
  private final String digest;
  private final String oid;
  private final AlgorithmIdentifier identifier;
  private final Optional<MessageDigest> unused;

  SignatureAlgorithm(Family family, String jcaName, String digest, ASN1ObjectIdentifier oid) {
    this.family = family;
    this.jcaName = jcaName;
    this.digest = digest;
    this.oid = oid.getId();
    // RFC 4055 s5, RFC 5758 s3.2, RFC 8410 s3
    this.identifier =
        family == Family.RSA
            ? new AlgorithmIdentifier(oid, DERNull.INSTANCE)
            : new AlgorithmIdentifier(oid);
    this.unused = digest.isEmpty() ? Optional.empty() : Optional.of(newDigest(digest));
  }

  private static MessageDigest newDigest(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-2", impossible);
    }
  }

  /** What a key of this algorithm signs with: the digest matches the key's strength. */
  public static SignatureAlgorithm fittingTo(KeyAlgorithm key) {
    return switch (key.family()) {
      case EC ->
          switch (key.bits()) {
            case 256 -> ECDSA_SHA256;
            case 384 -> ECDSA_SHA384;
            default -> ECDSA_SHA512;
          };
      case RSA -> RSA_SHA256;
      case ED25519 -> ED25519;
    };
  }

  /** The algorithm behind an object identifier in dotted form. */
  public static Optional<SignatureAlgorithm> ofOid(String oid) {
    return Arrays.stream(values()).filter(one -> one.oid.equals(oid)).findFirst();
  }

  /** The name that {@link java.security.Signature} knows. */
  public String jcaName() {
    return jcaName;
  }

  /** The name that {@link java.security.MessageDigest} knows; empty for Ed25519. */
  public String digest() {
    return digest;
  }

  /**
   * The hash of a message, which is what is signed; {@code IllegalStateException} for Ed25519,
   * which signs the message. A copy of a digest that was never used costs less than looking for a
   * provider.
   */
  public byte[] hash(byte[] message) {
    MessageDigest fresh =
        unused.orElseThrow(() -> new IllegalStateException(jcaName + " signs the message itself"));
    try {
      return ((MessageDigest) fresh.clone()).digest(message);
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException("the platform's digests can be copied", impossible);
    }
  }

  public String oid() {
    return oid;
  }

  /**
   * The AlgorithmIdentifier: RSA with NULL parameters (RFC 4055 s5), the others with none (RFC 5758
   * s3.2, RFC 8410 s3).
   */
  public AlgorithmIdentifier identifier() {
    return identifier;
  }

  /** Whether a key of this family can make this signature. */
  public boolean fits(Family key) {
    return family == key;
  }

  /** Refuses a key of another family. */
  public void mustFit(KeyAlgorithm key) {
    if (!fits(key.family())) {
      throw new Failure.Malformed(
              "signature algorithm", "", jcaName + " with a key of " + key, "RFC 5280 s4.1.1.2")
          .thrown();
    }
  }
}
