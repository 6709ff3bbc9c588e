package io.chancery.x509.handshake;

import java.math.BigInteger;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.interfaces.XECPrivateKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import javax.crypto.KeyAgreementSpi;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;

/** The shared secret of X25519 (RFC 7748 s6.1), for TLS (RFC 8446 s7.4.2). */
final class X25519Agreement extends KeyAgreementSpi {
  /** What Java's own makes a secret for. */
  private static final Set<String> USES = Set.of("TlsPremasterSecret", "Generic");

  private Optional<XECPrivateKey> own = Optional.empty();
  private Optional<byte[]> secret = Optional.empty();

  @Override
  protected void engineInit(Key key, SecureRandom unused) throws InvalidKeyException {
    secret = Optional.empty();
    if (!(key instanceof XECPrivateKey mine && X25519Pairs.isX25519(mine.getParams()))
        || mine.getScalar().isEmpty()) {
      own = Optional.empty();
      throw new InvalidKeyException("no private key of X25519 at hand");
    }
    own = Optional.of(mine);
  }

  @Override
  protected void engineInit(Key key, AlgorithmParameterSpec none, SecureRandom unused)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    if (none != null && !X25519Pairs.isX25519(none)) {
      throw new InvalidAlgorithmParameterException("X25519 alone");
    }
    engineInit(key, unused);
  }

  @Override
  protected @Nullable Key engineDoPhase(Key peer, boolean last) throws InvalidKeyException {
    if (own.isEmpty() || secret.isPresent() || !last) {
      throw new IllegalStateException("two agree, once for each key");
    }
    if (!(peer instanceof XECPublicKey theirs && X25519Pairs.isX25519(theirs.getParams()))) {
      throw new InvalidKeyException("no public key of X25519");
    }
    byte[] scalar =
        own.get().getScalar().orElseThrow(() -> new InvalidKeyException("the key is destroyed"));
    byte[] shared = new byte[X25519.POINT_SIZE];
    try {
      // RFC 7748 s6.1, RFC 8446 s7.4.2: all zero is what points of small order come to.
      if (!X25519.calculateAgreement(scalar, 0, point(theirs.getU()), 0, shared, 0)) {
        throw new InvalidKeyException("a point of small order");
      }
      secret = Optional.of(shared);
    } finally {
      Arrays.fill(scalar, (byte) 0);
    }
    return null;
  }

  @Override
  protected byte[] engineGenerateSecret() {
    byte[] shared = secret.orElseThrow(() -> new IllegalStateException("nothing was agreed"));
    secret = Optional.empty();
    return shared;
  }

  @Override
  protected int engineGenerateSecret(byte[] target, int from) throws ShortBufferException {
    if (target.length - from < X25519.POINT_SIZE) {
      throw new ShortBufferException("a secret has " + X25519.POINT_SIZE + " octets");
    }
    byte[] shared = engineGenerateSecret();
    System.arraycopy(shared, 0, target, from, shared.length);
    Arrays.fill(shared, (byte) 0);
    return X25519.POINT_SIZE;
  }

  @Override
  protected SecretKey engineGenerateSecret(String algorithm) throws NoSuchAlgorithmException {
    if (!USES.contains(algorithm)) {
      throw new NoSuchAlgorithmException("no secret for " + algorithm);
    }
    byte[] shared = engineGenerateSecret();
    try {
      return new SecretKeySpec(shared, algorithm);
    } finally {
      Arrays.fill(shared, (byte) 0);
    }
  }

  /** RFC 7748 s5: the number below 2^255-19, its least octet first. */
  private static byte[] point(BigInteger u) throws InvalidKeyException {
    if (u.signum() < 0 || u.bitLength() > 8 * X25519.POINT_SIZE) {
      throw new InvalidKeyException("not a coordinate");
    }
    return X25519Pairs.turned(BigIntegers.asUnsignedByteArray(X25519.POINT_SIZE, u));
  }
}
