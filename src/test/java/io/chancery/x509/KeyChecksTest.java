package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Failure;
import io.chancery.testing.Csrs;
import io.chancery.testing.Refusals;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Algorithms that no certificate carries are refused by name; Ed25519 keys must be points. */
class KeyChecksTest {
  private static final Place KEY = new Place("public key", "");
  private static final AlgorithmIdentifier ED25519 =
      new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519);

  @ParameterizedTest
  @CsvSource({
    "2.16.840.1.101.3.4.3.18, ML-DSA-65",
    "1.2.840.10040.4.1, DSA",
    "1.3.101.110, X25519",
    "1.3.101.113, Ed448",
    "1.2.840.113549.1.1.10, RSASSA-PSS",
    "1.2.3.4.5, ''",
  })
  void otherAlgorithmsAreRefusedByName(String oid, String name) {
    AlgorithmIdentifier other = new AlgorithmIdentifier(new ASN1ObjectIdentifier(oid));

    Failure.Malformed refusal = refusal(new SubjectPublicKeyInfo(other, new byte[32]));

    assertThat(refusal.reason())
        .startsWith(oid)
        .contains(name)
        .contains("RSA of 2048 to 8192 bits", "P-256", "Ed25519");
    assertThat(refusal.clause()).isEqualTo("RFC 5280 s4.1.2.7");
  }

  @Test
  void aKeyThatIsNotWholeOctetsIsRefused() {
    DERBitString odd = new DERBitString(new byte[] {0x10}, 4);
    SubjectPublicKeyInfo info =
        SubjectPublicKeyInfo.getInstance(new DERSequence(new ASN1Encodable[] {ED25519, odd}));

    assertThat(refusal(info).reason()).contains("whole number of octets");
  }

  @Test
  void anEd25519KeyIsAccepted() {
    byte[] encoded = Csrs.pair(KeyAlgorithm.ED25519).getPublic().getEncoded();

    CheckedKey key = KeyChecks.check(KEY, SubjectPublicKeyInfo.getInstance(encoded));

    assertThat(key.algorithm()).isEqualTo(KeyAlgorithm.ED25519);
  }

  @Test
  void ed25519HasNoParameters() {
    AlgorithmIdentifier withNull =
        new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519, DERNull.INSTANCE);

    assertThat(refusal(new SubjectPublicKeyInfo(withNull, new byte[32])).clause())
        .isEqualTo("RFC 8410 s3");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33})
  void ed25519HasThirtyTwoOctets(int length) {
    assertThat(refusal(new SubjectPublicKeyInfo(ED25519, new byte[length])).clause())
        .isEqualTo("RFC 8032 s5.1.5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Order 1, 2, 4, 8: RFC 7748's small-order points, in Edwards form.
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        // y is not below the field's prime.
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        // No x belongs to this y.
        "0200000000000000000000000000000000000000000000000000000000000000"
      })
  void ed25519KeysMustBePointsOfTheLargeGroup(String hex) {
    byte[] octets = HexFormat.of().parseHex(hex);

    assertThat(refusal(new SubjectPublicKeyInfo(ED25519, octets)).clause())
        .isEqualTo("RFC 8032 s5.1.3");
  }

  @Test
  void aRequestWithSuchAKeyIsRefusedAtItsKey() {
    SubjectPublicKeyInfo other =
        new SubjectPublicKeyInfo(
            new AlgorithmIdentifier(PKCSObjectIdentifiers.id_alg_CMS3DESwrap), new byte[32]);

    Failure.Malformed refusal = Refusals.malformed(() -> Csrs.ec("CN=a").key(other).build().csr());

    assertThat(refusal.what()).isEqualTo("certification request");
    assertThat(refusal.where()).isEqualTo("public key");
  }

  private static Failure.Malformed refusal(SubjectPublicKeyInfo info) {
    return Refusals.malformed(() -> KeyChecks.check(KEY, info));
  }
}
