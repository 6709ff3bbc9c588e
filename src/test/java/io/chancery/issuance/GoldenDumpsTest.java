package io.chancery.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.issuance.der.SignedDer;
import io.chancery.profile.Approval;
import io.chancery.profile.ExtendedKeyUsage;
import io.chancery.profile.StatusSource;
import io.chancery.testing.Golden;
import io.chancery.testing.MemoryKey;
import io.chancery.x509.Der;
import io.chancery.x509.RevocationReason;
import io.chancery.x509.SerialNumber;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.junit.jupiter.api.Test;

/** What is signed, octet for octet as text, with a fixed clock, serial and keys. */
class GoldenDumpsTest {
  private final Scene scene = new Scene();

  @Test
  void tlsServer() throws Exception {
    check("tls-server", Scene.server());
  }

  @Test
  void tlsServerWithoutSubject() throws Exception {
    check(
        "tls-server-without-subject",
        Scene.approve(Scene.tlsServer(), "", "dns:*.internal.test", "ip:fd00::1"));
  }

  @Test
  void tlsClient() throws Exception {
    check(
        "tls-client",
        Scene.approve(
            Scene.profile(
                "tls-client",
                StatusSource.PUBLISHED,
                Duration.ofDays(90),
                ExtendedKeyUsage.CLIENT_AUTH),
            "CN=batch",
            "uri:spiffe://internal.test/batch"));
  }

  @Test
  void tlsPeer() throws Exception {
    check(
        "tls-peer",
        Scene.approve(
            Scene.profile(
                "tls-peer",
                StatusSource.PUBLISHED,
                Duration.ofDays(90),
                ExtendedKeyUsage.SERVER_AUTH,
                ExtendedKeyUsage.CLIENT_AUTH),
            "CN=node-1.internal.test",
            "dns:node-1.internal.test"));
  }

  @Test
  void partnerClient() throws Exception {
    check(
        "partner-client",
        Scene.approve(
            Scene.profile(
                "partner-client",
                StatusSource.PUBLISHED,
                Duration.ofDays(365),
                ExtendedKeyUsage.CLIENT_AUTH),
            "O=Zahlungs-Gesellschaft Zürich, CN=gateway",
            "email:ops@partner.test"));
  }

  @Test
  void shortLived() throws Exception {
    check("short-lived", Scene.approve(Scene.shortLived(), "CN=a", "dns:a.internal.test"));
  }

  @Test
  void ocspResponder() throws Exception {
    check("ocsp-responder", Scene.approve(Scene.responder(), "CN=OCSP responder"));
  }

  @Test
  void crl() throws Exception {
    checkCrl("crl", Crls.WHOLE, RevocationReason.UNSPECIFIED);
  }

  @Test
  void crlOfAShard() throws Exception {
    checkCrl("crl-shard", Crls.SHARD, RevocationReason.SUPERSEDED);
  }

  @Test
  void crlDelta() throws Exception {
    checkCrl(
        "crl-delta", new CrlKind.Delta(BigInteger.valueOf(1200)), RevocationReason.REMOVE_FROM_CRL);
  }

  private void checkCrl(String name, CrlKind kind, RevocationReason reason) throws Exception {
    Der crl =
        Crls.of(
            scene,
            Crls.content(BigInteger.valueOf(1234), kind),
            Stream.of(
                new CrlEntry(
                    new SerialNumber(BigInteger.ONE),
                    Instant.parse("2029-12-31T23:59:59Z"),
                    reason,
                    Optional.empty()),
                new CrlEntry(
                    Scene.SERIAL,
                    Instant.parse("2030-01-01T00:00:00Z"),
                    RevocationReason.KEY_COMPROMISE,
                    Optional.of(Instant.parse("2029-11-11T11:11:11Z")))));

    check(name, Der.of(SignedDer.body(crl.octets())));
  }

  @Test
  void tlsServerInAShard() throws Exception {
    Scene sharded = new Scene(16);
    check(
        "tls-server-sharded",
        sharded.issuer.prepare(Scene.server(), Scene.SERIAL, Scene.NOW).tbs());
  }

  @Test
  void ocspAnswer() throws Exception {
    CaCertificate issuer = CaCertificate.of(scene.issuing);
    CertId asked =
        new CertId(
            "1.3.14.3.2.26",
            IssuerHashes.hash("SHA-1", issuer.subject().octets()),
            IssuerHashes.hash("SHA-1", issuer.keyBits()),
            Scene.SERIAL.value());
    CertId stranger =
        new CertId(asked.hashOid(), asked.nameHash(), asked.keyHash(), BigInteger.TEN);
    Instant until = Scene.NOW.plusSeconds(3600);
    Der response =
        OcspSigner.sign(
            scene.issuer,
            Optional.of(scene.responderCredential(MemoryKey.named("responder"))),
            List.of(
                new SingleAnswer(asked, SingleAnswer.Status.GOOD, Scene.NOW, until),
                new SingleAnswer(stranger, SingleAnswer.Status.NEVER_ISSUED, Scene.NOW, until)),
            Scene.NOW,
            Optional.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}));
    BasicOCSPResp basic = (BasicOCSPResp) new OCSPResp(response.octets()).getResponseObject();

    assertThat(basic.getCerts()).hasSize(1);
    check("ocsp-answer", Der.of(basic.getTBSResponseData()));
  }

  private void check(String name, Approval approval) throws Exception {
    check(name, scene.issuer.prepare(approval, Scene.SERIAL, Scene.NOW).tbs());
  }

  private static void check(String name, Der der) throws Exception {
    Golden.check("issuance/" + name + ".txt", DerText.of(der));
  }
}
