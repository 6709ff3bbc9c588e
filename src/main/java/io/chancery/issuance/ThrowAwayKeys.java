package io.chancery.issuance;

import io.chancery.issuance.der.SignedDer;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.SignatureAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.EnumMap;
import java.util.Map;

/**
 * Keys that live in memory as long as the process, trusted by nobody: they make a to-be-signed
 * certificate into a whole one that can be linted. One a family, made when first needed.
 */
final class ThrowAwayKeys {
  private final Map<KeyAlgorithm.Family, PrivateKey> keys =
      new EnumMap<>(KeyAlgorithm.Family.class);

  private static final ThrowAwayKeys OF_THIS_PROCESS = new ThrowAwayKeys();

  private ThrowAwayKeys() {}

  /** A whole certificate around this body, under a signature that nobody trusts. */
  static byte[] around(byte[] body, SignatureAlgorithm algorithm) {
    try {
      Signature signature = Signature.getInstance(algorithm.jcaName());
      signature.initSign(OF_THIS_PROCESS.fitting(algorithm));
      signature.update(body);
      return SignedDer.wrap(body, algorithm, signature.sign(), new byte[0]);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("a fresh key signs with its algorithm", impossible);
    }
  }

  private synchronized PrivateKey fitting(SignatureAlgorithm algorithm) {
    return keys.computeIfAbsent(family(algorithm), family -> generate(family).getPrivate());
  }

  private static KeyAlgorithm.Family family(SignatureAlgorithm algorithm) {
    return switch (algorithm) {
      case ECDSA_SHA256, ECDSA_SHA384, ECDSA_SHA512 -> KeyAlgorithm.Family.EC;
      case RSA_SHA256, RSA_SHA384, RSA_SHA512 -> KeyAlgorithm.Family.RSA;
      case ED25519 -> KeyAlgorithm.Family.ED25519;
    };
  }

  private static KeyPair generate(KeyAlgorithm.Family family) {
    try {
      KeyPairGenerator generator =
          KeyPairGenerator.getInstance(
              switch (family) {
                case EC -> "EC";
                case RSA -> "RSA";
                case ED25519 -> "Ed25519";
              });
      switch (family) {
        case EC -> generator.initialize(256);
        case RSA -> generator.initialize(2048);
        case ED25519 -> {}
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has EC, RSA and Ed25519", impossible);
    }
  }
}
