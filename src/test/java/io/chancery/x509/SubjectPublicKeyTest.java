package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.testing.Csrs;
import io.chancery.testing.Refusals;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that a certificate may carry, from Java keys and from their encoding. */
class SubjectPublicKeyTest {
  @ParameterizedTest
  @ValueSource(strings = {"ec-p256", "ec-p384", "ec-p521", "rsa-2048", "ed25519"})
  void javaKeysAreRead(String algorithm) {
    PublicKey key = Csrs.pair(KeyAlgorithm.parse(algorithm)).getPublic();

    SubjectPublicKey subject = SubjectPublicKey.of(key);

    assertThat(subject.algorithm()).hasToString(algorithm);
    assertThat(SubjectPublicKey.parse(Der.of(key.getEncoded()))).isEqualTo(subject);
    assertThat(subject.keyId()).isEqualTo(KeyId.of(subject.info()));
    assertThat(subject.thumbprint()).isEqualTo(Thumbprint.of(key.getEncoded()));
  }

  @ParameterizedTest
  @CsvSource({"RSA, 1024", "DSA, 2048", "X25519, 255", "Ed448, 448"})
  void otherJavaKeysAreRefused(String algorithm, int size) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(size);
    PublicKey key = generator.generateKeyPair().getPublic();

    assertThat(Refusals.malformed(() -> SubjectPublicKey.of(key)).what())
        .isIn("public key", "key algorithm");
  }

  /** An old authority's key, or one that stands in a token beside ours, must not stop a start. */
  @Test
  void theQualityOfAJavaKeyIsNotJudgedButThatOfAnEncodedOneIs() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F0));
    PublicKey old = generator.generateKeyPair().getPublic();

    assertThat(SubjectPublicKey.of(old).algorithm()).isEqualTo(KeyAlgorithm.rsa(2048));
    assertThat(Refusals.malformed(() -> SubjectPublicKey.parse(Der.of(old.getEncoded()))).clause())
        .isEqualTo("FIPS 186-5 A.1.1");
  }

  @Test
  void aJavaKeyOnACurveOfTheSameSizeIsRefused() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
    generator.initialize(new ECGenParameterSpec("secp256k1"));
    PublicKey key = generator.generateKeyPair().getPublic();

    assertThat(Refusals.malformed(() -> SubjectPublicKey.of(key)).reason()).contains("secp256k1");
  }

  @Test
  void aCurveOfTheSameSizeIsNotTheSameCurve() {
    var curve = new ASN1ObjectIdentifier("1.3.132.0.10");
    SubjectPublicKeyInfo info =
        new SubjectPublicKeyInfo(
            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve),
            SECNamedCurves.getByOID(curve).getG().getEncoded(false));

    assertThat(
            Refusals.malformed(() -> SubjectPublicKey.parse(Der.of(Csrs.encoded(info)))).reason())
        .contains("secp256k1");
  }

  @Test
  void aNestingBombInTheKeyIsRefused() {
    SubjectPublicKeyInfo bomb =
        new SubjectPublicKeyInfo(
            new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
            CsrBombTest.nested(16_000));
    Der info = Der.of(Csrs.encoded(bomb));

    for (ThrowingCallable reading :
        List.<ThrowingCallable>of(
            () -> SubjectPublicKey.known(info), () -> SubjectPublicKey.parse(info))) {
      assertThat(Refusals.malformed(reading).clause()).isEqualTo("Chancery nesting limit");
    }
  }

  @Test
  void otherOctetsAreRefused() {
    for (byte[] other : new byte[][] {{}, {5, 0}, {0x30, 0}, CsrBombTest.nested(1_000)}) {
      assertThat(Refusals.malformed(() -> SubjectPublicKey.parse(Der.of(other))).what())
          .isEqualTo("public key");
    }
  }
}
