package io.chancery.x509;

import java.math.BigInteger;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;

/** A public key that has passed {@link KeyChecks}, in the form its signatures are verified with. */
sealed interface CheckedKey {
  KeyAlgorithm algorithm();

  /** RFC 8017 s3.1. */
  record Rsa(BigInteger modulus, BigInteger exponent) implements CheckedKey {
    @Override
    public KeyAlgorithm algorithm() {
      return KeyAlgorithm.rsa(modulus.bitLength());
    }
  }

  /** A point on a named curve. */
  record Ec(KeyAlgorithm algorithm, ECPublicKeyParameters point) implements CheckedKey {}

  /** RFC 8032 s5.1.5: the 32 octets. */
  record Ed25519(Der key) implements CheckedKey {
    @Override
    public KeyAlgorithm algorithm() {
      return KeyAlgorithm.ED25519;
    }
  }
}
