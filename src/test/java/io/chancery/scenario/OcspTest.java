package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Role;
import io.chancery.issuance.Issuers;
import io.chancery.testing.Book;
import io.chancery.testing.Csrs;
import io.chancery.testing.HsmWithSwitch;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.chancery.x509.Der;
import io.chancery.x509.IssuedCertificate;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The responder over plain http, asked well and badly. */
@QuarkusTest
@WithTestResource(World.class)
class OcspTest {
  private static final String TYPE = "application/ocsp-request";
  private static final int SUCCESSFUL = 0;
  private static final int MALFORMED = 1;
  private static final int TRY_LATER = 3;
  private static final int UNAUTHORIZED = 6;

  @Inject Tenant tenants;
  @Inject Issuers issuers;
  @Inject HsmWithSwitch hsm;
  @Inject Book book;

  private Tenant.Holder holder;
  private OcspQuestions questions;

  @BeforeEach
  void issue() {
    holder =
        tenants.fresh("dns:internal.test").enrol("tls-client", Csrs.ec("").dns("a.internal.test"));
    questions = OcspQuestions.of(issuers);
  }

  @AfterEach
  void switchOn() {
    hsm.set(HsmWithSwitch.Position.WORKS);
  }

  @Test
  void goodThenRevokedByPostAndGet() {
    byte[] question = questions.about(serial());
    assertThat(OcspQuestions.verdicts(post(question).body())).containsExactly("good");
    assertThat(OcspQuestions.verdicts(get(question).body())).containsExactly("good");

    assertThat(
            holder
                .http()
                .post(holder.path() + "/revocation", Map.of("reason", "superseded"))
                .status())
        .isEqualTo(200);

    for (Http.Answer answer : List.of(post(question), get(question))) {
      RevokedStatus status =
          (RevokedStatus) OcspQuestions.basic(answer.body()).getResponses()[0].getCertStatus();
      assertThat(status.getRevocationReason()).isEqualTo(4);
    }
  }

  @Test
  void aHoldIsRevokedUntilItIsLifted() {
    Http operator = tenants.person(Role.OPERATOR).http();
    byte[] question = questions.about(serial());
    operator.post(holder.path() + "/revocation", Map.of("reason", "certificateHold"));
    RevokedStatus held =
        (RevokedStatus)
            OcspQuestions.basic(post(question).body()).getResponses()[0].getCertStatus();
    assertThat(held.getRevocationReason()).isEqualTo(6);
    operator.delete(holder.path() + "/revocation");
    assertThat(OcspQuestions.verdicts(post(question).body())).containsExactly("good");
  }

  @Test
  void theAnswerIsSignedByADelegateOfTheIssuer() throws Exception {
    BasicOCSPResp answer = OcspQuestions.basic(post(questions.about(serial())).body());
    var responder = answer.getCerts()[0];
    var verifiers = new JcaContentVerifierProviderBuilder();
    assertThat(answer.isSignatureValid(verifiers.build(responder))).isTrue();
    assertThat(responder.isSignatureValid(verifiers.build(OcspQuestions.holder(holder.issuer()))))
        .isTrue();
    assertThat(responder.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck)).isNotNull();
    assertThat(
            ExtendedKeyUsage.fromExtensions(responder.getExtensions())
                .hasKeyPurposeId(KeyPurposeId.id_kp_OCSPSigning))
        .isTrue();
    // The responder's own certificate is in the book like any other.
    BigInteger own = IssuedCertificate.parse(Der.of(responder.getEncoded())).serial().value();
    assertThat(OcspQuestions.verdicts(post(questions.about(own)).body())).containsExactly("good");
  }

  @Test
  void everyEscapingOfAGetIsRead() {
    // Serials until the base64 holds all three of the characters that are escaped.
    BigInteger serial = serial();
    byte[] question = questions.about(serial);
    String base64 = Base64.getEncoder().encodeToString(question);
    for (int i = 0; !(base64.contains("/") && base64.contains("+") && base64.contains("=")); i++) {
      question = questions.withNonce(new byte[] {(byte) i, (byte) (i >> 8), -1, -5}, serial);
      base64 = Base64.getEncoder().encodeToString(question);
    }
    String escaped = URLEncoder.encode(base64, StandardCharsets.US_ASCII);
    try (KeptConnection connection = KeptConnection.plain()) {
      for (String path :
          List.of(
              base64,
              escaped,
              escaped.replace("%2F", "/"),
              escaped.replace("%2B", "+"),
              escaped.replace("%2F", "%2f").replace("%2B", "%2b").replace("%3D", "%3d"),
              base64.replace("=", ""),
              base64 + "?x=1")) {
        assertThat(connection.get("/ocsp/" + path)).as(path).isEqualTo(200);
      }
      // A slash at the beginning is a digit too.
      assertThat(connection.get("/ocsp//" + base64)).isEqualTo(200);
      assertThat(connection.answer("HEAD", "/ocsp/" + escaped).status()).isEqualTo(200);
    }
    Http.Answer answer = Http.plain().get("/ocsp/" + escaped);
    assertThat(OcspQuestions.verdicts(answer.body())).containsExactly("good");
  }

  @Test
  void noncesAreEchoedOrRefused() {
    for (int length : new int[] {1, 32, 128}) {
      byte[] nonce = new byte[length];
      Arrays.fill(nonce, (byte) 7);
      Http.Answer answer = post(questions.withNonce(nonce, serial()));
      Extension echoed =
          OcspQuestions.basic(answer.body()).getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
      assertThat(DEROctetString.getInstance(echoed.getParsedValue()).getOctets()).isEqualTo(nonce);
    }
    for (int length : new int[] {0, 129, 1000}) {
      byte[] answer = post(questions.withNonce(new byte[length], serial())).body();
      assertThat(OcspQuestions.status(answer)).as("nonce of %s", length).isEqualTo(MALFORMED);
    }
    assertThat(
            OcspQuestions.basic(post(questions.about(serial())).body())
                .getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce))
        .isNull();
  }

  @Test
  void severalIdsAndBothHashes() {
    BigInteger other =
        holder
            .home()
            .enrol("tls-client", Csrs.ec("").dns("b.internal.test"))
            .certificate()
            .serial()
            .value();
    for (var hash : List.of(OcspQuestions.SHA1, OcspQuestions.SHA256)) {
      byte[] answer = post(questions.ask(hash, List.of(), serial(), BigInteger.TWO, other)).body();
      assertThat(OcspQuestions.verdicts(answer)).containsExactly("good", "revoked", "good");
      assertThat(OcspQuestions.basic(answer).getResponses()[2].getCertID().getSerialNumber())
          .isEqualTo(other);
    }
  }

  @Test
  void whatWasNeverIssuedIsNeverGood() {
    BigInteger flipped = serial().flipBit(3);
    for (BigInteger never :
        List.of(flipped, BigInteger.ONE, BigInteger.ONE.shiftLeft(200), BigInteger.TEN.negate())) {
      BasicOCSPResp answer = OcspQuestions.basic(post(questions.about(never)).body());
      RevokedStatus status = (RevokedStatus) answer.getResponses()[0].getCertStatus();
      // RFC 6960 s2.2: how "not issued" is said, so that nobody takes it for an old revocation.
      assertThat(status.getRevocationReason()).isEqualTo(6);
      assertThat(status.getRevocationTime()).isEqualTo(new java.util.Date(0));
      assertThat(answer.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_extended_revoke))
          .isNotNull();
    }
  }

  @Test
  void aReservedSerialIsNotGood() {
    hsm.set(HsmWithSwitch.Position.AWAY);
    Http.Answer refused =
        holder
            .home()
            .http()
            .post(
                "/v1/certificates",
                Map.of(
                    "profile",
                    "tls-client",
                    "csr",
                    Csrs.ec("").dns("reserved.internal.test").build().pem()));
    assertThat(refused.status()).isEqualTo(503);
    assertThat(OcspQuestions.status(post(questions.about(serial())).body())).isEqualTo(TRY_LATER);
    hsm.set(HsmWithSwitch.Position.WORKS);
    BigInteger reserved =
        new BigInteger(
            book.texts(
                    "select serial from reservation where organization = ?",
                    holder.home().id().value())
                .getFirst(),
            16);
    assertThat(OcspQuestions.verdicts(post(questions.about(reserved)).body()))
        .containsExactly("revoked");
  }

  @Test
  void foreignIssuersAreNotAnsweredFor() {
    OcspQuestions root = new OcspQuestions(Http.root());
    assertThat(OcspQuestions.status(post(root.about(serial())).body())).isEqualTo(UNAUTHORIZED);
  }

  @Test
  void badQuestionsGetTheProtocolsOwnError() {
    byte[] question = questions.about(serial());
    byte[] trailing = Arrays.copyOf(question, question.length + 1);
    byte[] truncated = Arrays.copyOf(question, question.length - 1);
    byte[] nested = new byte[10_000];
    Arrays.fill(nested, (byte) 0x30);
    byte[] critical =
        questions.ask(
            OcspQuestions.SHA1,
            List.of(new Extension(new ASN1ObjectIdentifier("1.2.3.4"), true, new byte[] {5, 0})),
            serial());
    byte[] many =
        questions.about(
            IntStream.range(1, 200).mapToObj(BigInteger::valueOf).toArray(BigInteger[]::new));
    for (byte[] bad :
        List.of(
            new byte[0],
            new byte[] {0x30},
            new byte[] {0},
            trailing,
            truncated,
            nested,
            critical,
            many,
            "hello".getBytes(StandardCharsets.US_ASCII))) {
      Http.Answer answer = post(bad);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(OcspQuestions.status(answer.body())).isEqualTo(MALFORMED);
    }
  }

  @Test
  void everyFlippedOctetIsAnswered() {
    byte[] question = questions.about(serial());
    for (int i = 0; i < question.length; i++) {
      byte[] flipped = question.clone();
      flipped[i] ^= (byte) 0xa5;
      Http.Answer answer = post(flipped);
      assertThat(answer.status()).as("octet %s", i).isEqualTo(200);
      int status = OcspQuestions.status(answer.body());
      assertThat(status).as("octet %s", i).isIn(SUCCESSFUL, MALFORMED, UNAUTHORIZED);
    }
  }

  @Test
  void whatIsTooLargeOrOfAnotherTypeIsRefused() {
    byte[] manyMore =
        questions.about(
            IntStream.range(1, 2001).mapToObj(BigInteger::valueOf).toArray(BigInteger[]::new));
    assertThat(post(manyMore).status()).isEqualTo(413);
    assertThat(post(new byte[100_000]).status()).isEqualTo(413);
    assertThat(Http.plain().post("/ocsp", "text/plain", questions.about(serial())).status())
        .isEqualTo(415);
    assertThat(Http.plain().send("POST", "/ocsp", "", questions.about(serial())).status())
        .isEqualTo(415);
    try (KeptConnection connection = KeptConnection.plain()) {
      for (String path : List.of("/ocsp", "/ocsp/", "/ocsp/%00", "/ocsp/!")) {
        assertThat(connection.get(path)).as(path).isEqualTo(200);
      }
      // These are refused before anybody reads them as OCSP.
      assertThat(connection.get("/ocsp/%zz")).isBetween(200, 499);
      assertThat(connection.get("/ocsp/a%")).isBetween(200, 499);
      assertThat(connection.get("/ocsp/" + String.join("", Collections.nCopies(3000, "A"))))
          .isBetween(200, 499);
    }
  }

  @Test
  void answersSayHowLongTheyMayBeKept() {
    Http.Answer answer = get(questions.about(serial()));
    assertThat(answer.type()).isEqualTo("application/ocsp-response");
    String control = answer.raw().headers().firstValue("Cache-Control").orElse("");
    assertThat(control).contains("max-age=", "public", "no-transform", "must-revalidate");
    var single = OcspQuestions.basic(answer.body()).getResponses()[0];
    assertThat(single.getNextUpdate()).isAfter(single.getThisUpdate());
    for (Http.Answer fresh :
        List.of(post(questions.about(serial())), get(questions.withNonce(new byte[8], serial())))) {
      assertThat(
              fresh.raw().headers().firstValue("Cache-Control").orElse("").toLowerCase(Locale.ROOT))
          .isEqualTo("no-store");
    }
  }

  private Http.Answer post(byte[] question) {
    return Http.plain().post("/ocsp", TYPE, question);
  }

  private Http.Answer get(byte[] question) {
    return Http.plain()
        .get(
            "/ocsp/"
                + URLEncoder.encode(
                    Base64.getEncoder().encodeToString(question), StandardCharsets.US_ASCII));
  }

  private BigInteger serial() {
    return holder.certificate().serial().value();
  }
}
