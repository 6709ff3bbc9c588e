package io.chancery.testing;

import io.chancery.hsm.SigningKey;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.KeyId;
import io.chancery.x509.SubjectPublicKey;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import org.bouncycastle.crypto.ec.CustomNamedCurves;

/** A signing key in memory, for tests that need no token. */
public final class MemoryKey implements SigningKey {
  private final KeyPair pair;
  private final SubjectPublicKey publicKey;

  private MemoryKey(KeyPair pair) {
    this.pair = pair;
    this.publicKey = SubjectPublicKey.of(pair.getPublic());
  }

  public static MemoryKey of(KeyPair pair) {
    return new MemoryKey(pair);
  }

  /** A P-256 key that is the same in every run, for golden files. */
  public static MemoryKey named(String label) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(label.getBytes(StandardCharsets.UTF_8));
      BigInteger secret = new BigInteger(1, hash).shiftRight(1).setBit(0);
      var point = CustomNamedCurves.getByName("secp256r1").getG().multiply(secret).normalize();
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec("secp256r1"));
      ECParameterSpec curve = parameters.getParameterSpec(ECParameterSpec.class);
      KeyFactory factory = KeyFactory.getInstance("EC");
      ECPoint w =
          new ECPoint(
              point.getAffineXCoord().toBigInteger(), point.getAffineYCoord().toBigInteger());
      return new MemoryKey(
          new KeyPair(
              factory.generatePublic(new ECPublicKeySpec(w, curve)),
              factory.generatePrivate(new ECPrivateKeySpec(secret, curve))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static MemoryKey generate(KeyAlgorithm algorithm) {
    return new MemoryKey(FreshKeys.of(algorithm));
  }

  public KeyPair pair() {
    return pair;
  }

  @Override
  public KeyId id() {
    return publicKey.keyId();
  }

  @Override
  public SubjectPublicKey publicKey() {
    return publicKey;
  }

  @Override
  public byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance(algorithm().jcaName());
      signature.initSign(pair.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
