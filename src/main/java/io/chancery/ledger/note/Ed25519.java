package io.chancery.ledger.note;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Ed25519 of the JDK, for keys as notes carry them: the 32 octets of RFC 8032 s5.1.5. */
final class Ed25519 {
  static final int LENGTH = 32;

  // RFC 8410 s4: the SubjectPublicKeyInfo of an Ed25519 key is this and the 32 octets.
  private static final byte[] SPKI = HexFormat.of().parseHex("302a300506032b6570032100");

  private Ed25519() {}

  static PublicKey key(byte[] raw) {
    if (raw.length != LENGTH) {
      throw NoteText.malformed("verifier key", "", raw.length + " octets, an Ed25519 key has 32");
    }
    byte[] spki = Arrays.copyOf(SPKI, SPKI.length + LENGTH);
    System.arraycopy(raw, 0, spki, SPKI.length, LENGTH);
    try {
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
    } catch (InvalidKeySpecException noPoint) {
      throw NoteText.malformed("verifier key", "", "is no point of the curve");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("this Java has no Ed25519", impossible);
    }
  }

  static byte[] raw(PublicKey key) {
    byte[] spki = key.getEncoded();
    if (spki.length != SPKI.length + LENGTH
        || !Arrays.equals(spki, 0, SPKI.length, SPKI, 0, SPKI.length)) {
      throw NoteText.malformed("verifier key", key.getAlgorithm(), "is no Ed25519 key");
    }
    return Arrays.copyOfRange(spki, SPKI.length, spki.length);
  }

  static boolean holds(PublicKey key, byte[] message, byte[] signature) {
    try {
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(key);
      check.update(message);
      return check.verify(signature);
    } catch (SignatureException | InvalidKeyException no) {
      // A signature of the wrong length, or a key that is no point: neither has signed anything.
      return false;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("this Java has no Ed25519", impossible);
    }
  }
}
