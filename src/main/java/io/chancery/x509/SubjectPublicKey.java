package io.chancery.x509;

import java.security.PublicKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;

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

  /**
   * A key that was checked when it was certified, and stands in a certificate of ours: only its
   * algorithm is read again.
   */
  static SubjectPublicKey known(Der info) {
    AsymmetricKeyParameter key =
        KEY.read("RFC 5280 s4.1.2.7", () -> PublicKeyFactory.createKey(info.octets()));
    KeyAlgorithm algorithm =
        switch (key) {
          case RSAKeyParameters rsa -> KeyAlgorithm.rsa(rsa.getModulus().bitLength());
          case ECPublicKeyParameters ec ->
              new KeyAlgorithm(
                  KeyAlgorithm.Family.EC, ec.getParameters().getCurve().getFieldSize());
          case Ed25519PublicKeyParameters edwards -> KeyAlgorithm.ED25519;
          default -> throw KEY.malformed("is of no algorithm issued here", "RFC 5280 s4.1.2.7");
        };
    return new SubjectPublicKey(algorithm, info);
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
