package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Failure;
import io.chancery.testing.Csrs;
import io.chancery.testing.Refusals;
import java.math.BigInteger;
import java.security.interfaces.RSAPrivateKey;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A request whose signature shows nothing is refused, always at the signature. */
class ProofOfPossessionTest {
  private static final BigInteger ORDER =
      SECNamedCurves.getByOID(SECObjectIdentifiers.secp256r1).getN();

  @ParameterizedTest
  @CsvSource({
    "rsa-2048, MD5withRSA, 1.2.840.113549.1.1.4",
    "rsa-2048, SHA1withRSA, 1.2.840.113549.1.1.5",
    "rsa-2048, SHA224withRSA, 1.2.840.113549.1.1.14",
    "ec-p256, SHA1withECDSA, 1.2.840.10045.4.1",
    "ec-p256, SHA224withECDSA, 1.2.840.10045.4.3.1"
  })
  void weakDigestsAreRefusedByName(String key, String algorithm, String oid) {
    Failure.Malformed refusal =
        refusal(Csrs.of(KeyAlgorithm.parse(key), "CN=a").signedWith(algorithm));

    assertThat(refusal.reason()).contains(oid, "SHA-256");
  }

  @Test
  void anotherKeysSignatureIsRefused() {
    SubjectPublicKeyInfo stolen =
        SubjectPublicKeyInfo.getInstance(Csrs.pair(KeyAlgorithm.EC_P256).getPublic().getEncoded());

    assertThat(refusal(Csrs.ec("CN=a").key(stolen)).reason()).contains("does not verify");
  }

  @ParameterizedTest
  @CsvSource({"ec-p256", "rsa-2048", "ed25519"})
  void anotherRequestsSignatureIsRefused(String algorithm) {
    KeyAlgorithm key = KeyAlgorithm.parse(algorithm);
    Csrs.Made other = Csrs.of(key, "CN=b").build();
    byte[] signature = signatureOf(other);

    assertThat(refusal(Csrs.of(other.pair(), "CN=a").signature(signature)).reason())
        .contains("does not verify");
  }

  @Test
  void theAlgorithmMustFitTheKey() {
    AlgorithmIdentifier rsa = SignatureAlgorithm.RSA_SHA256.identifier();
    AlgorithmIdentifier edwards = SignatureAlgorithm.ED25519.identifier();

    assertThat(refusal(Csrs.ec("CN=a").claiming(rsa)).reason())
        .isEqualTo("SHA256withRSA with a key of ec-p256");
    assertThat(refusal(Csrs.rsa(2048, "CN=a").claiming(edwards)).reason())
        .isEqualTo("Ed25519 with a key of rsa-2048");
  }

  @Test
  void parametersMustBeThoseOfTheStandard() {
    AlgorithmIdentifier ecWithNull = with(SignatureAlgorithm.ECDSA_SHA256, DERNull.INSTANCE);
    AlgorithmIdentifier edWithNull = with(SignatureAlgorithm.ED25519, DERNull.INSTANCE);
    AlgorithmIdentifier rsaWithout =
        new AlgorithmIdentifier(new ASN1ObjectIdentifier(SignatureAlgorithm.RSA_SHA256.oid()));
    AlgorithmIdentifier rsaWithMore = with(SignatureAlgorithm.RSA_SHA256, new DERSequence());

    for (Csrs bad :
        new Csrs[] {
          Csrs.ec("CN=a").claiming(ecWithNull),
          Csrs.ed25519("CN=a").claiming(edWithNull),
          Csrs.rsa(2048, "CN=a").claiming(rsaWithout),
          Csrs.rsa(2048, "CN=a").claiming(rsaWithMore)
        }) {
      assertThat(refusal(bad).reason()).contains("parameters");
    }
  }

  @Test
  void ecdsaNumbersMustBeInRange() {
    BigInteger zero = BigInteger.ZERO;
    BigInteger one = BigInteger.ONE;
    for (byte[] bad :
        new byte[][] {
          pair(zero, zero),
          pair(one, zero),
          pair(zero, one),
          pair(ORDER, one),
          pair(one, ORDER),
          pair(one.negate(), one),
          pair(ORDER.add(one), ORDER.add(one)),
          pair(one.shiftLeft(4096), one)
        }) {
      assertThat(refusal(Csrs.ec("CN=a").signature(bad)).reason()).contains("between 1 and");
    }
    assertThat(refusal(Csrs.ec("CN=a").signature(pair(one, one))).reason())
        .contains("does not verify");
  }

  @Test
  void anEcdsaSignatureIsTwoIntegersInDer() {
    ASN1Encodable one = new ASN1Integer(1);
    byte[] three = Csrs.encoded(new DERSequence(new ASN1Encodable[] {one, one, one}));
    byte[] raw = new byte[64];
    byte[] padded = {0x30, 7, 2, 2, 0, 1, 2, 1, 1};
    byte[] trailing = Arrays.copyOf(pair(BigInteger.ONE, BigInteger.ONE), 9);

    for (byte[] bad : new byte[][] {three, raw, padded, trailing, {}, Csrs.encoded(one)}) {
      refusal(Csrs.ec("CN=a").signature(bad));
    }
  }

  @Test
  void anRsaSignatureHasTheModulusLengthAndIsBelowIt() {
    byte[] beyond = new byte[256];
    Arrays.fill(beyond, (byte) 0xff);
    for (byte[] bad : new byte[][] {{}, new byte[255], new byte[257], beyond}) {
      assertThat(refusal(Csrs.rsa(2048, "CN=a").signature(bad)).reason())
          .contains("256 octets below the modulus");
    }
    assertThat(refusal(Csrs.rsa(2048, "CN=a").signature(new byte[256])).reason())
        .contains("does not verify");
  }

  @Test
  void anRsaPaddingThatHoldsLessIsRefused() {
    // The right DigestInfo in a padding of another type, made with the private key itself.
    Csrs.Made good = Csrs.rsa(2048, "CN=a").build();
    RSAPrivateKey key = (RSAPrivateKey) good.pair().getPrivate();
    BigInteger padded =
        new BigInteger(1, signatureOf(good)).modPow(BigInteger.valueOf(65537), key.getModulus());
    BigInteger otherType = padded.flipBit(8 * 254 + 1);
    byte[] signature = fixed(otherType.modPow(key.getPrivateExponent(), key.getModulus()));

    assertThat(refusal(Csrs.rsa(2048, "CN=a").signature(signature)).reason())
        .contains("does not verify");
  }

  @Test
  void anEd25519SignatureHasItsLength() {
    for (byte[] bad : new byte[][] {{}, new byte[63], new byte[65], new byte[64]}) {
      assertThat(refusal(Csrs.ed25519("CN=a").signature(bad)).reason()).contains("verify");
    }
  }

  private static Failure.Malformed refusal(Csrs csrs) {
    Failure.Malformed refusal = Refusals.malformed(() -> csrs.build().csr());
    assertThat(refusal.what()).isEqualTo("certification request");
    assertThat(refusal.where()).startsWith("signature");
    return refusal;
  }

  private static byte[] signatureOf(Csrs.Made made) {
    return CsrSyntax.read(made.der()).signature().octets();
  }

  private static AlgorithmIdentifier with(SignatureAlgorithm algorithm, ASN1Encodable parameters) {
    return new AlgorithmIdentifier(new ASN1ObjectIdentifier(algorithm.oid()), parameters);
  }

  private static byte[] pair(BigInteger r, BigInteger s) {
    return Csrs.encoded(
        new DERSequence(new ASN1Encodable[] {new ASN1Integer(r), new ASN1Integer(s)}));
  }

  private static byte[] fixed(BigInteger number) {
    byte[] octets = new byte[256];
    byte[] minimal = number.toByteArray();
    int skip = Math.max(0, minimal.length - 256);
    System.arraycopy(minimal, skip, octets, 256 - minimal.length + skip, minimal.length - skip);
    return octets;
  }
}
