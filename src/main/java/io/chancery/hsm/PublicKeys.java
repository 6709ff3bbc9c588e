package io.chancery.hsm;

import iaik.pkcs.pkcs11.wrapper.PKCS11;
import iaik.pkcs.pkcs11.wrapper.PKCS11Exception;
import io.chancery.PkiException;
import io.chancery.x509.SubjectPublicKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.xipki.pkcs11.wrapper.PKCS11Constants;

/** Reads a public key from the attributes of an object. */
final class PublicKeys {
  /** A curve as CKA_EC_PARAMS names it, and how a SubjectPublicKeyInfo on it begins. */
  private record Curve(String jca, List<String> parameters, String prefix, int pointOctets) {}

  private static final List<Curve> CURVES =
      List.of(
          new Curve(
              "EC",
              List.of("06082a8648ce3d030107"),
              "3059301306072a8648ce3d020106082a8648ce3d030107034200",
              65),
          new Curve(
              "EC",
              List.of("06052b81040022"),
              "3076301006072a8648ce3d020106052b81040022036200",
              97),
          new Curve(
              "EC",
              List.of("06052b81040023"),
              "30819b301006072a8648ce3d020106052b8104002303818600",
              133),
          // PKCS#11 v3 s2.3.10: the printable name, or id-Ed25519 (RFC 8410), or the older GNU one.
          new Curve(
              "Ed25519",
              List.of("130c656477617264733235353139", "06032b6570", "06092b06010401da470f01"),
              "302a300506032b6570032100",
              32));

  private PublicKeys() {}

  /** Empty for a key of a kind that this authority does not use, or that is not told. */
  static Optional<SubjectPublicKey> read(PKCS11 cryptoki, long session, long object)
      throws PKCS11Exception {
    Optional<byte[]> modulus =
        Attributes.octets(cryptoki, session, object, PKCS11Constants.CKA_MODULUS);
    Optional<byte[]> exponent =
        Attributes.octets(cryptoki, session, object, PKCS11Constants.CKA_PUBLIC_EXPONENT);
    if (modulus.isPresent() && exponent.isPresent()) {
      return rsa(modulus.get(), exponent.get());
    }
    Optional<byte[]> parameters =
        Attributes.octets(cryptoki, session, object, PKCS11Constants.CKA_EC_PARAMS);
    Optional<byte[]> point =
        Attributes.octets(cryptoki, session, object, PKCS11Constants.CKA_EC_POINT);
    return parameters.flatMap(curve -> point.flatMap(octets -> onCurve(curve, octets)));
  }

  /** {@code point} as tokens give it: the bare octets, or in an OCTET STRING around them. */
  static Optional<SubjectPublicKey> onCurve(byte[] parameters, byte[] point) {
    String named = HexFormat.of().formatHex(parameters);
    return CURVES.stream()
        .filter(curve -> curve.parameters().contains(named))
        .findFirst()
        .flatMap(curve -> bare(point, curve.pointOctets()).flatMap(bare -> encoded(curve, bare)));
  }

  private static Optional<byte[]> bare(byte[] point, int length) {
    if (point.length == length) {
      return Optional.of(point);
    }
    int header = length > 127 ? 3 : 2;
    boolean wrapped =
        point.length == header + length
            && point[0] == 0x04
            && (point[header - 1] & 0xff) == length
            && (header == 2 || (point[1] & 0xff) == 0x81);
    return wrapped
        ? Optional.of(Arrays.copyOfRange(point, header, point.length))
        : Optional.empty();
  }

  private static Optional<SubjectPublicKey> encoded(Curve curve, byte[] point) {
    byte[] info = HexFormat.of().parseHex(curve.prefix() + HexFormat.of().formatHex(point));
    return key(curve.jca(), factory -> factory.generatePublic(new X509EncodedKeySpec(info)));
  }

  private static Optional<SubjectPublicKey> rsa(byte[] modulus, byte[] exponent) {
    BigInteger n = new BigInteger(1, modulus);
    BigInteger e = new BigInteger(1, exponent);
    return n.bitLength() < 2048 || n.bitLength() > 8192
        ? Optional.empty()
        : key("RSA", factory -> factory.generatePublic(new RSAPublicKeySpec(n, e)));
  }

  private interface Making {
    PublicKey by(KeyFactory factory) throws GeneralSecurityException;
  }

  private static Optional<SubjectPublicKey> key(String algorithm, Making making) {
    try {
      return Optional.of(SubjectPublicKey.of(making.by(KeyFactory.getInstance(algorithm))));
    } catch (GeneralSecurityException | PkiException notAKey) {
      // Java lets points through that are not on the curve; SubjectPublicKey does not.
      return Optional.empty();
    }
  }
}
