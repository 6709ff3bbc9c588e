package io.chancery.x509.handshake;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGeneratorSpi;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc7748.X25519;

/** Key pairs of X25519 (RFC 7748 s6.1); the keys themselves are Java's own. */
final class X25519Pairs extends KeyPairGeneratorSpi {
  private static final int BITS = 255;

  private SecureRandom random = new SecureRandom();

  @Override
  public void initialize(int bits, SecureRandom source) {
    if (bits != BITS) {
      throw new InvalidParameterException("X25519 has " + BITS + " bits");
    }
    random = source;
  }

  @Override
  public void initialize(AlgorithmParameterSpec curve, SecureRandom source)
      throws InvalidAlgorithmParameterException {
    if (!isX25519(curve)) {
      throw new InvalidAlgorithmParameterException("X25519 alone");
    }
    random = source;
  }

  @Override
  public KeyPair generateKeyPair() {
    byte[] scalar = new byte[X25519.SCALAR_SIZE];
    byte[] point = new byte[X25519.POINT_SIZE];
    try {
      X25519.generatePrivateKey(random, scalar);
      X25519.generatePublicKey(scalar, 0, point, 0);
      KeyFactory keys = KeyFactory.getInstance("XDH");
      return new KeyPair(
          keys.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, number(point))),
          keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar)));
    } catch (GeneralSecurityException impossible) {
      throw new ProviderException("Java has keys of X25519", impossible);
    } finally {
      Arrays.fill(scalar, (byte) 0);
    }
  }

  static boolean isX25519(AlgorithmParameterSpec curve) {
    return curve instanceof NamedParameterSpec named
        && named.getName().equalsIgnoreCase(NamedParameterSpec.X25519.getName());
  }

  /** RFC 7748 s5: the first octet is the least. */
  private static BigInteger number(byte[] octets) {
    return new BigInteger(1, turned(octets));
  }

  static byte[] turned(byte[] octets) {
    byte[] turned = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      turned[i] = octets[octets.length - 1 - i];
    }
    return turned;
  }
}
