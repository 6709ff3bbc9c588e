package io.chancery.ledger.note;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;

/** Signers of notes with keys in memory, the same for the same seed. */
public final class Signers {
  private Signers() {}

  public static NoteSigner of(String name, NoteKey.Type type, byte[] seed) {
    KeyPair pair = pair(seed);
    return new NoteSigner(
        NoteKey.of(name, type, pair.getPublic()), octets -> sign(pair.getPrivate(), octets));
  }

  public static NoteSigner log(String name) {
    return of(name, NoteKey.Type.ED25519, seed(name));
  }

  public static NoteSigner witness(String name) {
    return of(name, NoteKey.Type.COSIGNATURE_V1, seed(name));
  }

  private static byte[] seed(String name) {
    byte[] seed = new byte[32];
    for (int i = 0; i < name.length(); i++) {
      seed[i % 32] ^= (byte) (name.charAt(i) * 31 + i);
    }
    return seed;
  }

  /** RFC 8032 s5.1.5: the key pair of a seed; the JDK takes the seed as it asks for randomness. */
  private static KeyPair pair(byte[] seed) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, new Fixed(seed));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static byte[] sign(PrivateKey key, byte[] octets) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(octets);
      return signature.sign();
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static final class Fixed extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final transient byte[] seed;

    Fixed(byte[] seed) {
      this.seed = seed.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(seed, 0, bytes, 0, bytes.length);
    }
  }
}
