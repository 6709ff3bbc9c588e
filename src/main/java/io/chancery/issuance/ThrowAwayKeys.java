package io.chancery.issuance;

import io.chancery.issuance.der.SignedDer;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.SignatureAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Signatures that make a to-be-signed certificate into a whole one that can be linted. Each was
 * made once, by a key that is forgotten, over nothing: it has the right form and verifies nowhere.
 * No lint looks whether a signature holds; {@link Seal} does, at the real one.
 */
final class ThrowAwayKeys {
  private static final Map<SignatureAlgorithm, byte[]> MADE = new ConcurrentHashMap<>();

  private ThrowAwayKeys() {}

  /** A whole certificate around this body, under a signature that nobody trusts. */
  static byte[] around(byte[] body, SignatureAlgorithm algorithm) {
    return SignedDer.wrap(
        body, algorithm, MADE.computeIfAbsent(algorithm, ThrowAwayKeys::signature), new byte[0]);
  }

  private static byte[] signature(SignatureAlgorithm algorithm) {
    try {
      Signature signature = Signature.getInstance(algorithm.jcaName());
      signature.initSign(generate(family(algorithm)).getPrivate());
      return signature.sign();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("a fresh key signs with its algorithm", impossible);
    }
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
