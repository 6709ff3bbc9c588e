package io.chancery.x509;

import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.math.ec.ECPoint;

/** EC keys: a named NIST curve, and a point that is on it (RFC 5480, NIST SP 800-186). */
final class EcChecks {
  private static final int UNCOMPRESSED = 4;

  private static final Map<ASN1ObjectIdentifier, Curve> CURVES =
      Map.of(
          SECObjectIdentifiers.secp256r1,
          Curve.of(KeyAlgorithm.EC_P256, SECObjectIdentifiers.secp256r1),
          SECObjectIdentifiers.secp384r1,
          Curve.of(KeyAlgorithm.EC_P384, SECObjectIdentifiers.secp384r1),
          SECObjectIdentifiers.secp521r1,
          Curve.of(KeyAlgorithm.EC_P521, SECObjectIdentifiers.secp521r1));

  private EcChecks() {}

  static CheckedKey check(Place place, Optional<ASN1Encodable> parameters, byte[] point) {
    Curve curve = curve(place, parameters);
    // RFC 5480 s2.2: 04, x, y. The infinite point is the single octet 00; a compressed one is
    // optional to support, and few validators do.
    int length = 1 + 2 * curve.domain().getCurve().getFieldElementEncodingLength();
    if (point.length != length || point[0] != UNCOMPRESSED) {
      throw place.malformed(
          "the point is not 04 and two coordinates, " + length + " octets", "RFC 5480 s2.2");
    }
    return new CheckedKey.Ec(
        curve.algorithm(), new ECPublicKeyParameters(onCurve(place, curve, point), curve.domain()));
  }

  /** The algorithm of a key with these parameters, whatever its point. */
  static KeyAlgorithm named(Place place, Optional<ASN1Encodable> parameters) {
    return curve(place, parameters).algorithm();
  }

  private static Curve curve(Place place, Optional<ASN1Encodable> parameters) {
    // RFC 5480 s2.1.1: namedCurve only; specifiedCurve and implicitCurve must not be used.
    if (!(parameters.orElse(null) instanceof ASN1ObjectIdentifier named)) {
      throw place.malformed("the curve is not given by its name", "RFC 5480 s2.1.1");
    }
    return Optional.ofNullable(CURVES.get(named))
        .orElseThrow(
            () ->
                place.malformed(
                    "the curve "
                        + OidText.of(named)
                        + " is not accepted; P-256, P-384 and P-521 are",
                    "RFC 5480 s2.1.1.1"));
  }

  private static ECPoint onCurve(Place place, Curve curve, byte[] octets) {
    try {
      // NIST SP 800-56A s5.6.2.3.4: coordinates in the field, on the curve. The cofactor is 1, so
      // such a point is in the group.
      return curve.domain().getCurve().decodePoint(octets);
    } catch (IllegalArgumentException offCurve) {
      throw place.malformed(
          "the point is not on the curve " + curve.algorithm(), "NIST SP 800-56A s5.6.2.3.4");
    }
  }

  /**
   * One curve; BouncyCastle's own arithmetic for it is several times as fast as its general one.
   */
  private record Curve(KeyAlgorithm algorithm, ECDomainParameters domain) {
    static Curve of(KeyAlgorithm algorithm, ASN1ObjectIdentifier oid) {
      X9ECParameters parameters = CustomNamedCurves.getByOID(oid);
      return new Curve(algorithm, new ECNamedDomainParameters(oid, parameters));
    }
  }
}
