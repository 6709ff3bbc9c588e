package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chancery.Role;
import io.chancery.issuance.Issuers;
import io.chancery.ocsp.AnswerShelf;
import io.chancery.ocsp.KeptAnswer;
import io.chancery.testing.Book;
import io.chancery.testing.Csrs;
import io.chancery.testing.HsmWithSwitch;
import io.chancery.testing.Http;
import io.chancery.testing.Outage;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers are there before anybody asks, and go when they are no longer true. */
@QuarkusTest
@WithTestResource(World.class)
class AnswersMadeAheadTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int TRY_LATER = 3;

  @Inject Tenant tenants;
  @Inject Issuers issuers;
  @Inject AnswerShelf shelf;
  @Inject HsmWithSwitch hsm;
  @Inject Book book;

  private Tenant.Holder holder;
  private OcspQuestions questions;

  @BeforeEach
  void issue() {
    questions = OcspQuestions.of(issuers);
    // After another test's outage the pool still holds connections that are dead.
    await().atMost(SOON).ignoreExceptions().until(this::enrolled);
  }

  private boolean enrolled() {
    holder =
        tenants.fresh("dns:internal.test").enrol("tls-client", Csrs.ec("").dns("k.internal.test"));
    return true;
  }

  @AfterEach
  void switchOn() {
    hsm.set(HsmWithSwitch.Position.WORKS);
  }

  @Test
  void whatIsSentIsWhatWasMade() {
    awaitRow(0);
    awaitShelf(0);
    BasicOCSPResp answer = OcspQuestions.basic(post(questions.about(serial())));
    assertThat(HexFormat.of().formatHex(answer.getSignature()))
        .isEqualTo(text("encode(signature, 'hex')"));
    assertThat(OcspQuestions.verdicts(post(questions.about(serial())))).containsExactly("good");
    // A day, as chancery.ocsp.ahead-lifetime says, and due before half of it.
    assertThat(number("extract(epoch from next_update - this_update)")).isEqualTo(24 * 3600);
    assertThat(number("extract(epoch from due - this_update)")).isLessThan(12 * 3600);
  }

  @Test
  void aRevocationIsAnsweredWhenItsDeedReturnsAndMadeAheadAtOnce() {
    awaitRow(0);
    awaitShelf(0);
    revoke();
    RevokedStatus status =
        (RevokedStatus)
            OcspQuestions.basic(post(questions.about(serial()))).getResponses()[0].getCertStatus();
    assertThat(status.getRevocationReason()).isEqualTo(4);
    awaitRow(1);
    assertThat(text("reason")).isEqualTo("4");
  }

  @Test
  void aHoldThatIsLiftedIsGoodAgain() {
    awaitShelf(0);
    Http operator = tenants.person(Role.OPERATOR).http();
    operator.post(holder.path() + "/revocation", Map.of("reason", "certificateHold"));
    assertThat(OcspQuestions.verdicts(post(questions.about(serial())))).containsExactly("revoked");
    operator.delete(holder.path() + "/revocation");
    assertThat(OcspQuestions.verdicts(post(questions.about(serial())))).containsExactly("good");
    awaitRow(2);
    assertThat(number("count(*)", "and since is null and reason is null")).isEqualTo(1);
  }

  @Test
  void whatBecomesOldOrIsLostOrOfAnotherResponderIsMadeAgain() {
    awaitRow(0);
    String first = text("encode(signature, 'hex')");
    update("due = now() - interval '1 second', this_update = this_update - interval '1 minute'");
    await().atMost(SOON).until(() -> !text("encode(signature, 'hex')").equals(first));
    String second = text("encode(signature, 'hex')");
    update("responder = '00', this_update = this_update - interval '1 minute'");
    await().atMost(SOON).until(() -> !text("responder").equals("00"));
    assertThat(text("encode(signature, 'hex')")).isNotEqualTo(second);
    book.texts("delete from ocsp_answer where serial = ? returning serial", holder.serial());
    awaitRow(0);
  }

  @Test
  void knownAnswersNeedNeitherDatabaseNorToken() {
    awaitShelf(0);
    byte[] question = questions.about(serial());
    byte[] other = questions.ask(OcspQuestions.SHA256, List.of(), serial());
    byte[] before = post(question);
    byte[] otherBefore = post(other);
    hsm.set(HsmWithSwitch.Position.AWAY);
    try (Outage outage = Outage.ofTheDatabase()) {
      for (int i = 0; i < 50; i++) {
        assertThat(post(question)).isEqualTo(before);
        assertThat(get(question)).isEqualTo(before);
      }
      // Asked for once, so it is kept as well.
      assertThat(post(other)).isEqualTo(otherBefore);
      // What must be signed is not: the client gets what there is, without its nonce.
      BasicOCSPResp instead =
          OcspQuestions.basic(post(questions.withNonce(new byte[] {1, 2, 3}, serial())));
      assertThat(instead.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce)).isNull();
      assertThat(instead.getResponses()[0].getCertStatus()).isNull();
      // What memory does not know is never good, and not said to be revoked either.
      assertThat(OcspQuestions.status(post(questions.about(serial().flipBit(7)))))
          .isEqualTo(TRY_LATER);
    }
    hsm.set(HsmWithSwitch.Position.WORKS);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(
                        OcspQuestions.basic(post(questions.withNonce(new byte[] {9}, serial())))
                            .getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce))
                    .isNotNull());
  }

  @Test
  void withoutTheTokenARevokedCertificateIsNotCalledGood() {
    awaitShelf(0);
    assertThat(OcspQuestions.verdicts(post(questions.about(serial())))).containsExactly("good");
    hsm.set(HsmWithSwitch.Position.AWAY);
    revoke();
    for (int i = 0; i < 20; i++) {
      assertThat(OcspQuestions.status(post(questions.about(serial())))).isEqualTo(TRY_LATER);
      assertThat(OcspQuestions.status(get(questions.about(serial())))).isEqualTo(TRY_LATER);
    }
    hsm.set(HsmWithSwitch.Position.WORKS);
    assertThat(OcspQuestions.verdicts(post(questions.about(serial())))).containsExactly("revoked");
  }

  private void revoke() {
    Http.Answer answer =
        holder.http().post(holder.path() + "/revocation", Map.of("reason", "superseded"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private void awaitRow(int version) {
    await().atMost(SOON).until(() -> number("count(*)", "and version = " + version) == 1);
  }

  private void awaitShelf(int version) {
    await()
        .atMost(SOON)
        .until(
            () ->
                shelf
                    .find(serial().toByteArray())
                    .filter(KeptAnswer::isSigned)
                    .filter(kept -> kept.version() == version)
                    .isPresent());
  }

  private String text(String column) {
    return book.texts(
            "select " + column + "::text from ocsp_answer where serial = ?", holder.serial())
        .getFirst();
  }

  private long number(String column, String... more) {
    return book.number(
        "select ("
            + column
            + ")::bigint from ocsp_answer where serial = ? "
            + String.join(" ", Arrays.asList(more)),
        holder.serial());
  }

  private void update(String columns) {
    book.texts(
        "update ocsp_answer set " + columns + " where serial = ? returning serial",
        holder.serial());
  }

  private static byte[] post(byte[] question) {
    return Http.plain().post("/ocsp", "application/ocsp-request", question).body();
  }

  private static byte[] get(byte[] question) {
    return Http.plain()
        .get(
            "/ocsp/"
                + java.net.URLEncoder.encode(
                    Base64.getEncoder().encodeToString(question), StandardCharsets.US_ASCII))
        .body();
  }

  private BigInteger serial() {
    return holder.certificate().serial().value();
  }
}
