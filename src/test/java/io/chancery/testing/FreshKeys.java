package io.chancery.testing;

import io.chancery.x509.KeyAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;

/**
 * Key pairs as Java has them. RSA's are made by AWS-LC where this build has it: without its second
 * compiler, as in tests, Java takes seconds for a large one.
 */
final class FreshKeys {
  private static final String AWS_LC =
      "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

  private FreshKeys() {}

  static KeyPair of(KeyAlgorithm algorithm) {
    try {
      return switch (algorithm.family()) {
        case RSA -> rsa(algorithm.bits());
        case EC -> {
          KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
          generator.initialize(new ECGenParameterSpec("secp" + algorithm.bits() + "r1"));
          yield generator.generateKeyPair();
        }
        case ED25519 -> KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair rsa(int bits) throws GeneralSecurityException {
    KeyPairGenerator generator = rsaGenerator();
    generator.initialize(bits);
    KeyPair made = generator.generateKeyPair();
    KeyFactory java = KeyFactory.getInstance("RSA");
    return new KeyPair(
        java.generatePublic(new X509EncodedKeySpec(made.getPublic().getEncoded())),
        java.generatePrivate(new PKCS8EncodedKeySpec(made.getPrivate().getEncoded())));
  }

  private static KeyPairGenerator rsaGenerator() throws GeneralSecurityException {
    try {
      Provider found = (Provider) Class.forName(AWS_LC).getField("INSTANCE").get(null);
      return KeyPairGenerator.getInstance("RSA", found); // whose library may not have loaded
    } catch (ReflectiveOperationException | GeneralSecurityException absent) {
      return KeyPairGenerator.getInstance("RSA");
    }
  }
}
