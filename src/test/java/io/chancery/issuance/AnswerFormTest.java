package io.chancery.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.hsm.SigningKey;
import io.chancery.issuance.der.DerBuffer;
import io.chancery.issuance.der.DerTime;
import io.chancery.issuance.der.Tbs;
import io.chancery.testing.MemoryKey;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.RevocationReason;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.junit.jupiter.api.Test;

/** What is laid out by hand is, octet for octet, what is laid out by the library. */
class AnswerFormTest {
  private static final Instant LATER = Scene.NOW.plusSeconds(100_000);

  private final Scene scene = new Scene();

  @Test
  void everyAnswerIsTheLibrarysOctetForOctet() throws Exception {
    int compared = 0;
    for (KeyAlgorithm algorithm : List.of(KeyAlgorithm.EC_P256, KeyAlgorithm.rsa(2048))) {
      ResponderCredential credential = scene.responderCredential(MemoryKey.generate(algorithm));
      for (AnswerSigner signer :
          List.of(
              AnswerSigner.delegated(scene.issuer, credential),
              AnswerSigner.itself(scene.issuer))) {
        for (OcspHash hash : OcspHash.values()) {
          for (SingleAnswer.Status status : statuses()) {
            for (Optional<byte[]> nonce : nonces()) {
              for (Optional<Instant> cutoff :
                  List.of(Optional.<Instant>empty(), Optional.of(Instant.EPOCH))) {
                compare(signer, hash, status, nonce, cutoff);
                compared++;
              }
            }
          }
        }
      }
    }
    assertThat(compared).isGreaterThan(500);
  }

  @Test
  void everySerialIsWrittenAsTheLibraryWritesIt() throws Exception {
    AnswerSigner signer = AnswerSigner.itself(scene.issuer);
    for (int bits : new int[] {1, 7, 8, 15, 100, 158, 159, 160, 2000}) {
      BigInteger serial = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
      compare(
          signer,
          OcspHash.SHA1,
          serial,
          SingleAnswer.Status.GOOD,
          Optional.empty(),
          Optional.empty());
    }
  }

  @Test
  void timesAreWrittenAsTheLibraryWritesThem() {
    for (Instant at = Instant.EPOCH;
        at.isBefore(Instant.parse("2101-01-01T00:00:00Z"));
        at = at.plus(Duration.ofDays(9)).plusSeconds(12_347)) {
      byte[] written = new DerBuffer(17).generalized(at.getEpochSecond()).toArray();
      assertThat(written).isEqualTo(Tbs.encode(DerTime.generalized(at)).octets());
    }
  }

  @Test
  void aStemIsFoundWithAndWithoutParametersAndNowhereElse() {
    CertIdStem stem =
        CertIdStem.of(scene.issuer.name(), scene.issuer.certificate(), OcspHash.SHA256);
    DerBuffer id = new DerBuffer(128);
    stem.write(id, new byte[] {5});
    byte[] der = id.toArray();
    int length = stem.lengthAt(der, 2, der.length);
    assertThat(length).isEqualTo(der.length - 5);
    for (int i = 2; i < 2 + length; i++) {
      byte[] flipped = der.clone();
      flipped[i] ^= 1;
      assertThat(stem.lengthAt(flipped, 2, der.length)).as("octet %s", i).isZero();
    }
    assertThat(stem.lengthAt(der, 2, 10)).isZero();
    assertThat(
            CertIdStem.of(scene.issuer.name(), scene.issuer.certificate(), OcspHash.SHA384)
                .lengthAt(der, 2, der.length))
        .isZero();
  }

  private void compare(
      AnswerSigner signer,
      OcspHash hash,
      SingleAnswer.Status status,
      Optional<byte[]> nonce,
      Optional<Instant> cutoff)
      throws Exception {
    compare(signer, hash, BigInteger.valueOf(0x80ff), status, nonce, cutoff);
  }

  private void compare(
      AnswerSigner signer,
      OcspHash hash,
      BigInteger serial,
      SingleAnswer.Status status,
      Optional<byte[]> nonce,
      Optional<Instant> cutoff)
      throws Exception {
    CaCertificate issuer = CaCertificate.of(scene.issuing);
    CertId id =
        new CertId(
            hash.oid(), hash.of(issuer.subject().octets()), hash.of(issuer.keyBits()), serial);
    byte[] expected =
        signer
            .sign(
                List.of(new SingleAnswer(id, status, Scene.NOW, LATER, cutoff)),
                Scene.NOW,
                nonce,
                signer.algorithm())
            .octets();
    BasicOCSPResp basic = (BasicOCSPResp) new OCSPResp(expected).getResponseObject();
    Statement said =
        new Statement(
            serial.toByteArray(),
            status,
            Scene.NOW.getEpochSecond(),
            LATER.getEpochSecond(),
            Scene.NOW.getEpochSecond(),
            cutoff.map(Instant::getEpochSecond),
            nonce);
    AnswerForm form = signer.form(hash);
    assertThat(form.body(said)).isEqualTo(basic.getTBSResponseData());
    assertThat(form.whole(said, basic.getSignature())).isEqualTo(expected);
  }

  private static List<SingleAnswer.Status> statuses() {
    List<SingleAnswer.Status> all =
        new ArrayList<>(
            List.of(
                SingleAnswer.Status.GOOD,
                SingleAnswer.Status.UNKNOWN,
                SingleAnswer.Status.NEVER_ISSUED));
    for (RevocationReason reason : RevocationReason.values()) {
      all.add(new SingleAnswer.Status.Revoked(Scene.NOW.minusSeconds(60), reason));
    }
    return all;
  }

  private static List<Optional<byte[]>> nonces() {
    byte[] long128 = new byte[128];
    Arrays.fill(long128, (byte) 0xaa);
    return List.of(
        Optional.empty(),
        Optional.of(new byte[1]),
        Optional.of(new byte[32]),
        Optional.of(long128));
  }

  /** Signs what it is told, or something else. */
  static final class LyingKey implements SigningKey {
    private final MemoryKey honest = MemoryKey.named("responder");
    boolean lies;
    int signed;

    @Override
    public io.chancery.x509.KeyId id() {
      return honest.id();
    }

    @Override
    public io.chancery.x509.SubjectPublicKey publicKey() {
      return honest.publicKey();
    }

    @Override
    public byte[] sign(byte[] message) {
      signed++;
      return honest.sign(lies ? new byte[] {1} : message);
    }
  }
}
