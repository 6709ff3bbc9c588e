package io.chancery.cli;

import io.chancery.x509.KeyAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;

/** Makes the key pairs that clients keep. */
final class Keys {
  private Keys() {}

  static KeyPair generate(KeyAlgorithm algorithm) {
    try {
      return switch (algorithm.family()) {
        case EC -> {
          KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
          generator.initialize(new ECGenParameterSpec("secp" + algorithm.bits() + "r1"));
          yield generator.generateKeyPair();
        }
        case RSA -> {
          KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
          generator.initialize(algorithm.bits());
          yield generator.generateKeyPair();
        }
        case ED25519 -> KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      };
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError("every Java 25 makes keys of " + algorithm, impossible);
    }
  }
}
