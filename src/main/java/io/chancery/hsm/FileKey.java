package io.chancery.hsm;

import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.KeyId;
import io.chancery.x509.SubjectPublicKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Map;

/** A key out of a file, in memory. */
final class FileKey implements SigningKey {
  private final String label;
  private final SubjectPublicKey publicKey;
  private final KeyId id;
  private final PrivateKey privateKey;
  private final SignatureTally tally = new SignatureTally();

  private FileKey(String label, SubjectPublicKey publicKey, PrivateKey privateKey) {
    this.label = label;
    this.publicKey = publicKey;
    this.id = publicKey.keyId();
    this.privateKey = privateKey;
  }

  static FileKey of(String label, KeyPair pair) {
    return new FileKey(label, SubjectPublicKey.of(pair.getPublic()), pair.getPrivate());
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public KeyId id() {
    return id;
  }

  @Override
  public SubjectPublicKey publicKey() {
    return publicKey;
  }

  @Override
  public byte[] sign(byte[] message) {
    return sign(Purpose.OTHER, message);
  }

  @Override
  public byte[] sign(Purpose purpose, byte[] message) {
    try {
      Signature signer = Signature.getInstance(algorithm().jcaName());
      signer.initSign(privateKey);
      signer.update(message);
      byte[] signature = signer.sign();
      tally.add(purpose);
      return signature;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("the key " + id + " was tried when it was read", impossible);
    }
  }

  @Override
  public byte[] sign(Purpose purpose, HashedMessage message) {
    if (!algorithm().fits(KeyAlgorithm.Family.EC)) {
      return sign(purpose, message.whole().get());
    }
    try {
      Signature signer = Signature.getInstance("NONEwithECDSA");
      signer.initSign(privateKey);
      signer.update(message.digest());
      byte[] signature = signer.sign();
      tally.add(purpose);
      return signature;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("the key " + id + " was tried when it was read", impossible);
    }
  }

  @Override
  public Map<Purpose, Long> made() {
    return tally.counts();
  }

  @Override
  public String toString() {
    return "key " + id + " in a file";
  }
}
