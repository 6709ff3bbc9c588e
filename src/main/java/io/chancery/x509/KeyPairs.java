package io.chancery.x509;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;

/** Key pairs as the Java platform makes and reads them. */
public final class KeyPairs {
  private KeyPairs() {}

  /** A fresh pair outside of any token: for clients, and for TLS. */
  public static KeyPair generate(KeyAlgorithm algorithm) {
    return generate(algorithm, new SecureRandom());
  }

  public static KeyPair generate(KeyAlgorithm algorithm, SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(name(algorithm));
      generator.initialize(
          switch (algorithm.family()) {
            case EC -> new ECGenParameterSpec("secp" + algorithm.bits() + "r1");
            case RSA -> new RSAKeyGenParameterSpec(algorithm.bits(), RSAKeyGenParameterSpec.F4);
            case ED25519 -> NamedParameterSpec.ED25519;
          },
          random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Java makes " + algorithm + " keys", impossible);
    }
  }

  /** From a SubjectPublicKeyInfo and a PKCS#8 PrivateKeyInfo. */
  public static KeyPair read(KeyAlgorithm algorithm, byte[] publicKey, byte[] privateKey)
      throws GeneralSecurityException {
    return new KeyPair(
        publicKey(algorithm, publicKey),
        KeyFactory.getInstance(name(algorithm))
            .generatePrivate(new PKCS8EncodedKeySpec(privateKey)));
  }

  /** From a SubjectPublicKeyInfo. */
  public static PublicKey publicKey(KeyAlgorithm algorithm, byte[] info)
      throws GeneralSecurityException {
    return KeyFactory.getInstance(name(algorithm)).generatePublic(new X509EncodedKeySpec(info));
  }

  private static String name(KeyAlgorithm algorithm) {
    return switch (algorithm.family()) {
      case EC -> "EC";
      case RSA -> "RSA";
      case ED25519 -> "Ed25519";
    };
  }
}
