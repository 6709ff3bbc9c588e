package io.chancery.x509;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;

/** Makes key pairs outside of tokens: for clients, and for TLS. */
public final class KeyPairs {
  private KeyPairs() {}

  public static KeyPair generate(KeyAlgorithm algorithm) {
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
