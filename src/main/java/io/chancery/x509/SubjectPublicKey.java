package io.chancery.x509;

import io.chancery.Failure;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;

/**
 * A public key: its algorithm and its SubjectPublicKeyInfo (RFC 5280 s4.1.2.7). One that came in a
 * request has passed {@code Csr}'s checks; this type itself only knows the shape.
 */
public record SubjectPublicKey(KeyAlgorithm algorithm, Der info) {
  /** The key behind a Java key of a known family. */
  public static SubjectPublicKey of(PublicKey key) {
    KeyAlgorithm algorithm =
        switch (key) {
          case RSAPublicKey rsa -> KeyAlgorithm.rsa(rsa.getModulus().bitLength());
          case ECPublicKey ec ->
              new KeyAlgorithm(KeyAlgorithm.Family.EC, fieldBits(ec.getParams().getOrder()));
          case EdECPublicKey edwards
              when edwards.getParams().getName().equalsIgnoreCase("Ed25519") ->
              KeyAlgorithm.ED25519;
          default ->
              throw new Failure.Malformed(
                      "public key",
                      "",
                      key.getAlgorithm() + " is not used here",
                      "RFC 5280 s4.1.2.7")
                  .thrown();
        };
    return new SubjectPublicKey(algorithm, Der.of(key.getEncoded()));
  }

  private static int fieldBits(BigInteger order) {
    return order.bitLength();
  }

  public KeyId keyId() {
    return KeyId.of(info);
  }

  /** SHA-256 of the SubjectPublicKeyInfo, the pin of RFC 7469 s2.4. */
  public Thumbprint thumbprint() {
    return info.thumbprint();
  }
}
