package io.chancery.x509;

import java.security.PublicKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * A public key: its algorithm and its SubjectPublicKeyInfo (RFC 5280 s4.1.2.7). Both factories
 * apply the checks that a request's key has to pass.
 */
public record SubjectPublicKey(KeyAlgorithm algorithm, Der info) {
  private static final Place KEY = new Place("public key", "");

  /** The key behind a Java key; one that no certificate may carry is refused. */
  public static SubjectPublicKey of(PublicKey key) {
    byte[] encoded = key.getEncoded();
    if (encoded == null) {
      throw KEY.malformed("has no encoded form", "RFC 5280 s4.1.2.7");
    }
    return parse(Der.of(encoded));
  }

  /** Reads a SubjectPublicKeyInfo; a key that no certificate may carry is refused. */
  public static SubjectPublicKey parse(Der info) {
    DerStructure.check(KEY, info.octets());
    SubjectPublicKeyInfo parsed =
        KEY.read("RFC 5280 s4.1.2.7", () -> SubjectPublicKeyInfo.getInstance(info.octets()));
    return new SubjectPublicKey(KeyChecks.check(KEY, parsed).algorithm(), info);
  }

  static SubjectPublicKey of(CheckedKey key, SubjectPublicKeyInfo info) {
    return new SubjectPublicKey(
        key.algorithm(), KEY.read("RFC 5280 s4.1.2.7", () -> Der.of(info.getEncoded("DER"))));
  }

  public KeyId keyId() {
    return KeyId.of(info);
  }

  /** SHA-256 of the SubjectPublicKeyInfo, the pin of RFC 7469 s2.4. */
  public Thumbprint thumbprint() {
    return info.thumbprint();
  }
}
