package io.chancery.x509;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * A public key: its algorithm and its SubjectPublicKeyInfo (RFC 5280 s4.1.2.7). The type itself
 * only knows the shape. A key from outside comes through {@link #parse} or {@link Csr}, which
 * refuse weak ones.
 */
public record SubjectPublicKey(KeyAlgorithm algorithm, Der info) {
  private static final Place KEY = new Place("public key", "");
  private static final String CLAUSE = "RFC 5280 s4.1.2.7";

  /**
   * The key behind a Java key of a known family and size. Its quality is not judged: it may be an
   * old authority's, or stand in a token beside ours.
   */
  public static SubjectPublicKey of(PublicKey key) {
    Der info = encoded(key);
    KeyAlgorithm algorithm =
        switch (key) {
          case RSAPublicKey rsa -> KeyAlgorithm.rsa(rsa.getModulus().bitLength());
          // Not by its size: there are several curves of 256 bits.
          case ECPublicKey ec -> EcChecks.named(KEY, parameters(info));
          case EdECPublicKey edwards when edwards.getParams().getName().equals("Ed25519") ->
              KeyAlgorithm.ED25519;
          default -> throw KEY.malformed(key.getAlgorithm() + " is not used here", CLAUSE);
        };
    return new SubjectPublicKey(algorithm, info);
  }

  /** Reads a SubjectPublicKeyInfo; a key that no certificate may carry is refused. */
  public static SubjectPublicKey parse(Der info) {
    return of(KeyChecks.check(KEY, read(info)), info);
  }

  static SubjectPublicKey of(CheckedKey key, Der info) {
    return new SubjectPublicKey(key.algorithm(), info);
  }

  private static Der encoded(PublicKey key) {
    byte[] encoded = key.getEncoded();
    if (encoded == null) {
      throw KEY.malformed("has no encoded form", CLAUSE);
    }
    return Der.of(encoded);
  }

  private static Optional<ASN1Encodable> parameters(Der info) {
    return Optional.ofNullable(read(info).getAlgorithm().getParameters());
  }

  private static SubjectPublicKeyInfo read(Der info) {
    byte[] octets = info.octets();
    DerStructure.check(KEY, octets);
    return KEY.read(CLAUSE, () -> SubjectPublicKeyInfo.getInstance(octets));
  }

  public KeyId keyId() {
    return KeyId.of(info);
  }

  /** SHA-256 of the SubjectPublicKeyInfo, the pin of RFC 7469 s2.4. */
  public Thumbprint thumbprint() {
    return info.thumbprint();
  }
}
