package io.chancery.x509.verify;

import java.io.IOException;
import java.math.BigInteger;
import java.security.PublicKey;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/**
 * A point on a curve that signatures are held against.
 *
 * <p>The native library sees nothing that came from outside as it came: its key is written here
 * from a point that was found on its curve, and a signature is two integers in the one encoding
 * that DER has for them, both in range, before it is handed on. What is left to the library is the
 * arithmetic.
 */
public final class EcdsaKey {
  private static final Set<ASN1ObjectIdentifier> NATIVE =
      Set.of(
          SECObjectIdentifiers.secp256r1,
          SECObjectIdentifiers.secp384r1,
          SECObjectIdentifiers.secp521r1);

  private final ECPublicKeyParameters point;
  private final NativeLibrary library;
  private volatile Optional<PublicKey> read = Optional.empty();
  private volatile boolean unreadable;

  EcdsaKey(ECPublicKeyParameters point, NativeLibrary library) {
    this.point = point;
    this.library = library;
    this.unreadable = !isNative(point);
  }

  /** BouncyCastle's constructor of a point's parameters refuses one that is not on its curve. */
  public static EcdsaKey of(ECPublicKeyParameters point) {
    return new EcdsaKey(point, NativeLibrary.shared());
  }

  /**
   * From a SubjectPublicKeyInfo that somebody has read before; empty where it has no point on
   * P-256, P-384 or P-521, by the curve's name.
   */
  public static Optional<EcdsaKey> read(byte[] info) {
    try {
      return PublicKeyFactory.createKey(info) instanceof ECPublicKeyParameters point
              && isNative(point)
          ? Optional.of(of(point))
          : Optional.empty();
    } catch (IOException | RuntimeException notAKey) {
      return Optional.empty(); // BouncyCastle casts what it reads
    }
  }

  /**
   * Whether the signature (RFC 3279 s2.2.3) was made over a message with this hash; what cannot be
   * a signature was not.
   */
  public boolean holds(byte[] hash, byte[] signature) {
    BigInteger[] pair;
    try {
      // FIPS 186-5 s6.4.2: r and s in [1, n-1]. And DER, octet for octet.
      pair = StandardDSAEncoding.INSTANCE.decode(point.getParameters().getN(), signature);
    } catch (IOException | RuntimeException notASignature) {
      return false; // BouncyCastle casts what it reads
    }
    return library
        .ifLoaded()
        .flatMap(loaded -> readBy(loaded).flatMap(key -> loaded.verdict(key, hash, signature)))
        .orElseGet(() -> holds(hash, pair[0], pair[1]));
  }

  private boolean holds(byte[] hash, BigInteger r, BigInteger s) {
    ECDSASigner check = new ECDSASigner();
    check.init(false, point);
    return check.verifySignature(hash, r, s);
  }

  /** Reading it twice does no harm. */
  private Optional<PublicKey> readBy(Corretto loaded) {
    if (read.isEmpty() && !unreadable) {
      read = loaded.read(info());
      unreadable = read.isEmpty();
    }
    return read;
  }

  /** RFC 5480 s2: the curve by its name, and the point uncompressed. */
  private byte[] info() {
    try {
      return new SubjectPublicKeyInfo(
              new AlgorithmIdentifier(
                  X9ObjectIdentifiers.id_ecPublicKey,
                  ((ECNamedDomainParameters) point.getParameters()).getName()),
              point.getQ().getEncoded(false))
          .getEncoded(ASN1Encoding.DER);
    } catch (IOException impossible) {
      throw new IllegalStateException("a point has an encoding", impossible);
    }
  }

  private static boolean isNative(ECPublicKeyParameters point) {
    return point.getParameters() instanceof ECNamedDomainParameters named
        && NATIVE.contains(named.getName());
  }
}
