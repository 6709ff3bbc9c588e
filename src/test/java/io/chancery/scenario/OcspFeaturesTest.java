package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.issuance.Issuers;
import io.chancery.issuance.SingleAnswer;
import io.chancery.ocsp.AnswerForms;
import io.chancery.ocsp.AnswerShelf;
import io.chancery.ocsp.KeptAnswer;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.chancery.x509.IssuerName;
import io.chancery.x509.SerialNumber;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What RFC 6960 offers beyond one plain question. */
@QuarkusTest
@WithTestResource(World.class)
class OcspFeaturesTest {
  private static final AlgorithmIdentifier SHA384 =
      new AlgorithmIdentifier(new ASN1ObjectIdentifier("2.16.840.1.101.3.4.2.2"));
  private static final ASN1ObjectIdentifier PREFERRED =
      new ASN1ObjectIdentifier("1.3.6.1.5.5.7.48.1.8");
  private static final ASN1ObjectIdentifier P256_SHA256 = X9ObjectIdentifiers.ecdsa_with_SHA256;
  private static final ASN1ObjectIdentifier P256_SHA384 = X9ObjectIdentifiers.ecdsa_with_SHA384;
  private static final ASN1ObjectIdentifier RSA = new ASN1ObjectIdentifier("1.2.840.113549.1.1.11");

  @Inject Tenant tenants;
  @Inject Issuers issuers;
  @Inject AnswerShelf shelf;

  private OcspQuestions questions;
  private Tenant.Holder holder;

  @BeforeEach
  void issue() {
    questions = OcspQuestions.of(issuers);
    holder =
        tenants.fresh("dns:internal.test").enrol("tls-client", Csrs.ec("").dns("f.internal.test"));
  }

  @Test
  void theFirstAlgorithmThatTheKeyCanMakeIsUsed() throws Exception {
    for (boolean critical : new boolean[] {false, true}) {
      assertThat(algorithm(critical, P256_SHA384, P256_SHA256)).isEqualTo(P256_SHA384);
      assertThat(algorithm(critical, P256_SHA256, P256_SHA384)).isEqualTo(P256_SHA256);
      assertThat(algorithm(critical, RSA, P256_SHA384)).isEqualTo(P256_SHA384);
    }
  }

  @Test
  void aWishThatCannotBeMetIsAnsweredWithTheKeysOwn() throws Exception {
    assertThat(algorithm(true, RSA)).isEqualTo(P256_SHA256);
    assertThat(algorithm(true, new ASN1ObjectIdentifier("1.2.3.4"))).isEqualTo(P256_SHA256);
    assertThat(algorithm(true)).isEqualTo(P256_SHA256);
  }

  @Test
  void aListOfWishesThatIsNoneIsMalformed() throws Exception {
    byte[] answer =
        ask(
            questions.ask(
                OcspQuestions.SHA1,
                List.of(
                    new Extension(PREFERRED, false, new DEROctetString(new byte[3]).getEncoded())),
                serial()));
    assertThat(OcspQuestions.status(answer)).isEqualTo(1);
  }

  @Test
  void longHashesAreAnsweredWithLongHashes() {
    BasicOCSPResp answer =
        OcspQuestions.basic(ask(questions.ask(SHA384, List.of(), serial(), BigInteger.TWO)));
    assertThat(answer.getResponses()[0].getCertStatus()).isNull();
    assertThat(answer.getResponses()[0].getCertID().getHashAlgOID())
        .isEqualTo(SHA384.getAlgorithm());
    assertThat(answer.getResponses()[0].getCertID().getIssuerKeyHash()).hasSize(48);
    assertThat(answer.getResponses()[1].getCertStatus()).isInstanceOf(RevokedStatus.class);
  }

  @Test
  void whatHasEndedIsAnsweredWithHowFarBackIsRemembered() throws Exception {
    IssuerName name = new IssuerName("issuing");
    SerialNumber ended = SerialNumber.random(new SecureRandom());
    int form = formOf(name);
    // A certificate that ended an hour ago, as the shelf would know it.
    shelf.put(
        KeptAnswer.mark(
            new KeptAnswer.Facts(
                ended, 0, SingleAnswer.Status.GOOD, Instant.now().minusSeconds(3600)),
            form));
    BasicOCSPResp answer = OcspQuestions.basic(ask(questions.about(ended.value())));
    Extension cutoff =
        answer.getResponses()[0].getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_archive_cutoff);
    assertThat(answer.getResponses()[0].getCertStatus()).isNull();
    Instant until = ASN1GeneralizedTime.getInstance(cutoff.getParsedValue()).getDate().toInstant();
    // RFC 6960 s4.4.4: producedAt less the interval.
    assertThat(until).isEqualTo(answer.getProducedAt().toInstant().minus(Duration.ofDays(365)));
    assertThat(
            OcspQuestions.basic(ask(questions.about(serial())))
                .getResponses()[0]
                .getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_archive_cutoff))
        .isNull();
  }

  @Test
  void noAnswerHoldsLongerThanItsResponder() throws Exception {
    BasicOCSPResp answer = OcspQuestions.basic(ask(questions.withNonce(new byte[4], serial())));
    assertThat(answer.getResponses()[0].getNextUpdate())
        .isBeforeOrEqualTo(answer.getCerts()[0].getNotAfter());
  }

  private int formOf(IssuerName name) {
    var issuer = issuers.named(name);
    return shelf
        .forms()
        .number(
            new AnswerForms.Key(name, ""),
            () ->
                io.chancery.issuance.AnswerForm.itself(
                    io.chancery.issuance.CertIdStem.of(
                        name, issuer.certificate(), io.chancery.issuance.OcspHash.SHA1),
                    issuer.certificate()));
  }

  private ASN1ObjectIdentifier algorithm(boolean critical, ASN1ObjectIdentifier... preferred)
      throws Exception {
    ASN1Encodable[] wishes = new ASN1Encodable[preferred.length];
    for (int i = 0; i < wishes.length; i++) {
      wishes[i] = new DERSequence(new AlgorithmIdentifier(preferred[i]));
    }
    byte[] question =
        questions.ask(
            OcspQuestions.SHA1,
            List.of(new Extension(PREFERRED, critical, new DERSequence(wishes).getEncoded())),
            serial());
    BasicOCSPResp answer = OcspQuestions.basic(ask(question));
    assertThat(
            answer.isSignatureValid(
                new JcaContentVerifierProviderBuilder().build(answer.getCerts()[0])))
        .isTrue();
    return answer.getSignatureAlgOID();
  }

  private static byte[] ask(byte[] question) {
    return Http.plain().post("/ocsp", "application/ocsp-request", question).body();
  }

  private BigInteger serial() {
    return holder.certificate().serial().value();
  }
}
