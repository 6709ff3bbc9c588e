package io.chancery.hsm;

import io.chancery.x509.KeyId;
import io.chancery.x509.SubjectPublicKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.xipki.pkcs11.wrapper.PKCS11Constants;

/** Puts a P-256 key pair onto a token, as a vendor's tool replicates one. */
record KeyImport(KeyPair pair) {
  static KeyImport fresh() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return new KeyImport(generator.generateKeyPair());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  KeyId id() {
    return SubjectPublicKey.of(pair.getPublic()).keyId();
  }

  /** Both halves under their own id. */
  void onto(TokenConnection connection, String label) {
    publicHalf(connection, id(), label);
    privateHalf(connection, id(), label);
  }

  void publicHalf(TokenConnection connection, KeyId id, String label) {
    ECPublicKey key = (ECPublicKey) pair.getPublic();
    byte[] point = new byte[67];
    point[0] = 0x04;
    point[1] = 65;
    point[2] = 0x04;
    System.arraycopy(fixed(key.getW().getAffineX()), 0, point, 3, 32);
    System.arraycopy(fixed(key.getW().getAffineY()), 0, point, 35, 32);
    create(
        connection,
        half(PKCS11Constants.CKO_PUBLIC_KEY, id, label)
            .with(PKCS11Constants.CKA_PRIVATE, false)
            .with(PKCS11Constants.CKA_VERIFY, true)
            .with(PKCS11Constants.CKA_EC_POINT, point));
  }

  void privateHalf(TokenConnection connection, KeyId id, String label) {
    create(
        connection,
        half(PKCS11Constants.CKO_PRIVATE_KEY, id, label)
            .with(PKCS11Constants.CKA_PRIVATE, true)
            .with(PKCS11Constants.CKA_SENSITIVE, true)
            .with(PKCS11Constants.CKA_SIGN, true)
            .with(PKCS11Constants.CKA_VALUE, fixed(((ECPrivateKey) pair.getPrivate()).getS())));
  }

  /** Takes the private half of this id away. */
  static void destroy(TokenConnection connection, KeyId id) {
    within(
        connection,
        (cryptoki, session) -> {
          for (long handle : KeyReference.of(id.octets()).all(cryptoki, session)) {
            cryptoki.C_DestroyObject(session, handle);
          }
          return id;
        });
  }

  private static Attributes half(long objectClass, KeyId id, String label) {
    return Attributes.ofClass(objectClass)
        .with(PKCS11Constants.CKA_KEY_TYPE, PKCS11Constants.CKK_EC)
        .with(PKCS11Constants.CKA_TOKEN, true)
        .with(PKCS11Constants.CKA_LABEL, label.toCharArray())
        .with(PKCS11Constants.CKA_ID, id.octets())
        .with(PKCS11Constants.CKA_EC_PARAMS, HexFormat.of().parseHex("06082a8648ce3d030107"));
  }

  private static void create(TokenConnection connection, Attributes object) {
    within(
        connection,
        (cryptoki, session) -> cryptoki.C_CreateObject(session, object.template(), true));
  }

  private static <T> void within(TokenConnection connection, Seat.Work<T> work) {
    try (Seat seat = new Seat(connection)) {
      T done = seat.once(work);
      if (done == null) {
        throw new AssertionError("nothing was done");
      }
    }
  }

  private static byte[] fixed(BigInteger number) {
    byte[] octets = number.toByteArray();
    byte[] fixed = new byte[32];
    byte[] bare =
        octets.length > 32 ? Arrays.copyOfRange(octets, octets.length - 32, octets.length) : octets;
    System.arraycopy(bare, 0, fixed, 32 - bare.length, bare.length);
    return fixed;
  }
}
