package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Failure;
import io.chancery.testing.Csrs;
import io.chancery.testing.Refusals;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** EC keys are points on one of three named curves. */
class EcChecksTest {
  private static final Place KEY = new Place("public key", "");
  private static final ASN1ObjectIdentifier P256 = SECObjectIdentifiers.secp256r1;

  @ParameterizedTest
  @ValueSource(strings = {"ec-p256", "ec-p384", "ec-p521"})
  void pointsOfTheNamedCurvesAreAccepted(String algorithm) {
    KeyAlgorithm expected = KeyAlgorithm.parse(algorithm);
    var info = SubjectPublicKeyInfo.getInstance(Csrs.pair(expected).getPublic().getEncoded());

    assertThat(KeyChecks.check(KEY, info).algorithm()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.840.10045.3.1.1, P-192",
    "1.3.132.0.33, P-224",
    "1.3.132.0.10, secp256k1",
    "1.3.36.3.3.2.8.1.1.7, brainpoolP256r1"
  })
  void otherCurvesAreRefusedByName(String oid, String name) {
    Failure.Malformed refusal = refusal(new ASN1ObjectIdentifier(oid), point(P256));

    assertThat(refusal.reason()).contains(oid, name, "P-256, P-384 and P-521");
    assertThat(refusal.clause()).isEqualTo("RFC 5480 s2.1.1.1");
  }

  @Test
  void explicitAndInheritedParametersAreRefused() {
    assertThat(refusal(SECNamedCurves.getByOID(P256), point(P256)).clause())
        .isEqualTo("RFC 5480 s2.1.1");
    assertThat(refusal(DERNull.INSTANCE, point(P256)).clause()).isEqualTo("RFC 5480 s2.1.1");
    assertThat(
            Refusals.malformed(() -> EcChecks.check(KEY, Optional.empty(), point(P256))).clause())
        .isEqualTo("RFC 5480 s2.1.1");
  }

  @Test
  void aPointOffTheCurveIsRefused() {
    byte[] off = point(P256);
    off[off.length - 1] ^= 1;

    assertThat(refusal(P256, off).clause()).isEqualTo("NIST SP 800-56A s5.6.2.3.4");
  }

  @Test
  void coordinatesBeyondTheFieldAreRefused() {
    byte[] beyond = new byte[65];
    Arrays.fill(beyond, (byte) 0xff);
    beyond[0] = 4;

    assertThat(refusal(P256, beyond).clause()).isEqualTo("NIST SP 800-56A s5.6.2.3.4");
    assertThat(refusal(P256, zeroPoint()).clause()).isEqualTo("NIST SP 800-56A s5.6.2.3.4");
  }

  @Test
  void thePointIsUncompressedAndFinite() {
    ECPoint generator = SECNamedCurves.getByOID(P256).getG();
    byte[] hybrid = generator.getEncoded(false);
    hybrid[0] = (byte) (6 | (hybrid[64] & 1));

    for (byte[] octets :
        new byte[][] {
          generator.getEncoded(true),
          hybrid,
          {0},
          {},
          Arrays.copyOf(point(P256), 66),
          point(SECObjectIdentifiers.secp384r1)
        }) {
      assertThat(refusal(P256, octets).clause()).isEqualTo("RFC 5480 s2.2");
    }
  }

  private static byte[] zeroPoint() {
    byte[] zero = new byte[65];
    zero[0] = 4;
    return zero;
  }

  private static byte[] point(ASN1ObjectIdentifier curve) {
    return SECNamedCurves.getByOID(curve).getG().getEncoded(false);
  }

  private static Failure.Malformed refusal(ASN1Encodable parameters, byte[] point) {
    return Refusals.malformed(() -> EcChecks.check(KEY, Optional.of(parameters), point));
  }
}
