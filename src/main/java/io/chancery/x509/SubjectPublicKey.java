package io.chancery.x509;

import java.security.PublicKey;
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
   * old authority's, or stand in a token beside ours, and must not stop a start.
   */
  public static SubjectPublicKey of(PublicKey key) {
    byte[] encoded = key.getEncoded();
    if (encoded == null) {
      throw KEY.malformed("has no encoded form", CLAUSE);
    }
    return known(Der.of(encoded));
  }

  /** Reads a SubjectPublicKeyInfo; a key that no certificate may carry is refused. */
  public static SubjectPublicKey parse(Der info) {
    return of(KeyChecks.check(KEY, read(info)), info);
  }

  /**
   * A key that was checked when it was certified, and stands in a certificate of ours: only its
   * algorithm is read again.
   */
  static SubjectPublicKey known(Der info) {
    return new SubjectPublicKey(KeyChecks.algorithm(KEY, read(info)), info);
  }

  static SubjectPublicKey of(CheckedKey key, Der info) {
    return new SubjectPublicKey(key.algorithm(), info);
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
