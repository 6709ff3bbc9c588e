package io.chancery.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.testing.MemoryKey;
import io.chancery.warrant.SigningSwitch;
import io.chancery.x509.Der;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.RevocationReason;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OCSP answers are read by openssl, the JDK and BouncyCastle as they were meant. */
class OcspAnswerTest {
  private static final String SHA1 = "1.3.14.3.2.26";

  @TempDir Path folder;

  private final Scene scene = new Scene();
  private final ResponderCredential responder =
      scene.responderCredential(MemoryKey.named("responder"));
  private final IssuedCertificate leaf = scene.issue(Scene.server());

  @Test
  void opensslReadsGood() throws Exception {
    assertThat(openssl(SingleAnswer.Status.GOOD)).contains("Response verify OK", "leaf.pem: good");
  }

  @Test
  void opensslReadsRevokedWithItsReason() throws Exception {
    assertThat(
            openssl(
                new SingleAnswer.Status.Revoked(
                    Scene.NOW.minusSeconds(60), RevocationReason.KEY_COMPROMISE)))
        .contains("leaf.pem: revoked", "Reason: keyCompromise");
  }

  @Test
  void opensslReadsUnknown() throws Exception {
    assertThat(openssl(SingleAnswer.Status.UNKNOWN)).contains("leaf.pem: unknown");
  }

  @Test
  void theJdkTakesAStapledAnswer() throws Exception {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    PKIXParameters parameters =
        new PKIXParameters(Set.of(new TrustAnchor(read(factory, scene.issuing), null)));
    parameters.setDate(Date.from(Scene.NOW));
    CertPathValidator validator = CertPathValidator.getInstance("PKIX");
    PKIXRevocationChecker checker = (PKIXRevocationChecker) validator.getRevocationChecker();
    X509Certificate certificate = read(factory, leaf);
    checker.setOptions(Set.of(PKIXRevocationChecker.Option.NO_FALLBACK));
    checker.setOcspResponses(
        Map.of(certificate, sign(SingleAnswer.Status.GOOD, Optional.empty()).octets()));
    parameters.addCertPathChecker(checker);

    assertThat(validator.validate(factory.generateCertPath(List.of(certificate)), parameters))
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {SHA1, "2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.2"})
  void theQuestionsHashIsTheAnswers(String oid) throws Exception {
    SingleAnswer answer = answer(certId(oid, leaf.serial().value()), SingleAnswer.Status.GOOD);
    BasicOCSPResp basic =
        basic(
            OcspSigner.sign(
                scene.issuer,
                Optional.of(responder),
                List.of(answer),
                Scene.NOW,
                Optional.empty()));

    assertThat(basic.getResponses()[0].getCertID().getHashAlgOID().getId()).isEqualTo(oid);
    assertThat(basic.getResponses()[0].getCertStatus()).isNull();
  }

  @Test
  void severalAnswersKeepTheirOrder() throws Exception {
    Der response =
        OcspSigner.sign(
            scene.issuer,
            Optional.of(responder),
            List.of(
                answer(certId(SHA1, BigInteger.TWO), SingleAnswer.Status.GOOD),
                answer(certId(SHA1, BigInteger.ONE), SingleAnswer.Status.NEVER_ISSUED),
                answer(certId(SHA1, BigInteger.TEN), SingleAnswer.Status.UNKNOWN)),
            Scene.NOW,
            Optional.empty());
    BasicOCSPResp basic = basic(response);

    assertThat(basic.getResponses()).hasSize(3);
    assertThat(basic.getResponses()[0].getCertID().getSerialNumber()).isEqualTo(BigInteger.TWO);
    RevokedStatus never = (RevokedStatus) basic.getResponses()[1].getCertStatus();
    assertThat(never.getRevocationTime()).isEqualTo(Date.from(Instant.EPOCH));
    assertThat(never.getRevocationReason()).isEqualTo(6);
    assertThat(basic.getResponses()[2].getCertStatus()).isInstanceOf(UnknownStatus.class);
    assertThat(basic.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_extended_revoke)).isNotNull();
  }

  @Test
  void unspecifiedIsSaidBySayingNothing() throws Exception {
    BasicOCSPResp basic =
        basic(
            sign(
                new SingleAnswer.Status.Revoked(Scene.NOW, RevocationReason.UNSPECIFIED),
                Optional.empty()));

    RevokedStatus revoked = (RevokedStatus) basic.getResponses()[0].getCertStatus();
    assertThat(revoked.hasRevocationReason()).isFalse();
    assertThat(basic.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_extended_revoke)).isNull();
  }

  @Test
  void theNonceIsEchoedWithinItsBounds() throws Exception {
    byte[] nonce = new byte[128];
    nonce[0] = 7;
    BasicOCSPResp basic = basic(sign(SingleAnswer.Status.GOOD, Optional.of(nonce)));

    assertThat(
            ASN1OctetString.getInstance(
                    basic.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce).getParsedValue())
                .getOctets())
        .isEqualTo(nonce);
    assertThat(failure(() -> sign(SingleAnswer.Status.GOOD, Optional.of(new byte[129]))))
        .isInstanceOf(Failure.Malformed.class);
    assertThat(failure(() -> sign(SingleAnswer.Status.GOOD, Optional.of(new byte[0]))))
        .isInstanceOf(Failure.Malformed.class);
  }

  @Test
  void theIssuerItselfMayAnswer() throws Exception {
    Der response =
        OcspSigner.sign(
            scene.issuer,
            Optional.empty(),
            List.of(answer(certId(SHA1, leaf.serial().value()), SingleAnswer.Status.GOOD)),
            Scene.NOW,
            Optional.empty());

    assertThat(basic(response).getCerts()).isEmpty();
    assertThat(run(response)).contains("Response verify OK", "leaf.pem: good");
  }

  @Test
  void aResponderOfAnotherIssuerIsRefused() {
    Issuer root =
        new Issuer(
            Scene.ISSUING,
            scene.root,
            List.of(),
            scene.rootKey,
            Scene.ADDRESSES,
            new SigningSwitch());

    assertThat(
            failure(
                () ->
                    OcspSigner.sign(
                        root, Optional.of(responder), List.of(), Scene.NOW, Optional.empty())))
        .isInstanceOf(Failure.Misconfigured.class);
  }

  @Test
  void aResponderNeedsItsKeyAndItsPurpose() {
    assertThat(
            failure(
                () -> new ResponderCredential(responder.certificate(), MemoryKey.named("foreign"))))
        .isInstanceOf(Failure.Misconfigured.class);
    assertThat(failure(() -> new ResponderCredential(leaf, MemoryKey.named("leaf"))))
        .isInstanceOf(Failure.Misconfigured.class);
  }

  @Test
  void errorsAreReadByTheirNames() throws Exception {
    for (OcspError error : OcspError.values()) {
      int status = new OCSPResp(error.response().octets()).getStatus();
      assertThat(status)
          .isEqualTo(
              switch (error) {
                case MALFORMED_REQUEST -> 1;
                case INTERNAL_ERROR -> 2;
                case TRY_LATER -> 3;
                case UNAUTHORIZED -> 6;
              });
    }
    assertThat(
            new OpenSsl(folder)
                .run(
                    "ocsp",
                    "-respin",
                    new OpenSsl(folder).write("e.der", OcspError.UNAUTHORIZED.response()))
                .text())
        .contains("unauthorized (6)");
  }

  private String openssl(SingleAnswer.Status status) throws Exception {
    return run(sign(status, Optional.empty()));
  }

  private String run(Der response) throws Exception {
    OpenSsl openssl = new OpenSsl(folder);
    openssl.write("root.pem", scene.root);
    openssl.write("issuing.pem", scene.issuing);
    openssl.write("leaf.pem", leaf);
    openssl.write("answer.der", response);
    return openssl.mustRun(
        "ocsp",
        "-respin",
        "answer.der",
        "-issuer",
        "issuing.pem",
        "-cert",
        "leaf.pem",
        "-CAfile",
        "root.pem",
        "-verify_other",
        "issuing.pem",
        "-attime",
        String.valueOf(Scene.NOW.getEpochSecond()),
        "-no_nonce",
        // This openssl compares the answer's times with the real clock whatever -attime says.
        "-validity_period",
        "999999999");
  }

  private Der sign(SingleAnswer.Status status, Optional<byte[]> nonce) {
    return OcspSigner.sign(
        scene.issuer,
        Optional.of(responder),
        List.of(answer(certId(SHA1, leaf.serial().value()), status)),
        Scene.NOW,
        nonce);
  }

  private static SingleAnswer answer(CertId id, SingleAnswer.Status status) {
    return new SingleAnswer(id, status, Scene.NOW, Scene.NOW.plusSeconds(3600));
  }

  private CertId certId(String oid, BigInteger serial) {
    String digest =
        switch (oid) {
          case SHA1 -> "SHA-1";
          case "2.16.840.1.101.3.4.2.1" -> "SHA-256";
          default -> "SHA-384";
        };
    CaCertificate issuer = CaCertificate.of(scene.issuing);
    CertId id =
        new CertId(
            oid,
            IssuerHashes.hash(digest, issuer.subject().octets()),
            IssuerHashes.hash(digest, issuer.keyBits()),
            serial);
    assertThat(Issuers.of(List.of(scene.issuer)).matching(oid, id.nameHash(), id.keyHash()))
        .containsSame(scene.issuer);
    return id;
  }

  private static BasicOCSPResp basic(Der response) throws Exception {
    OCSPResp whole = new OCSPResp(response.octets());
    assertThat(whole.getStatus()).isZero();
    return (BasicOCSPResp) whole.getResponseObject();
  }

  private static X509Certificate read(CertificateFactory factory, IssuedCertificate certificate)
      throws Exception {
    return (X509Certificate)
        factory.generateCertificate(new ByteArrayInputStream(certificate.der().octets()));
  }

  private static Failure failure(ThrowingCallable deed) {
    return catchThrowableOfType(PkiException.class, deed).failure();
  }
}
