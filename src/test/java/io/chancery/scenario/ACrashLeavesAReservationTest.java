package io.chancery.scenario;

import static io.chancery.scenario.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chancery.enrolment.TidyNow;
import io.chancery.testing.Book;
import io.chancery.testing.Csrs;
import io.chancery.testing.HsmWithSwitch;
import io.chancery.testing.Http;
import io.chancery.testing.Outage;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.Pem;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever breaks after the reservation: the same bytes are signed later, or nothing is. */
@QuarkusTest
@WithTestResource(World.class)
class ACrashLeavesAReservationTest {
  @Inject Tenant tenants;
  @Inject Book book;
  @Inject HsmWithSwitch hsm;
  @Inject TidyNow tidy;

  private Tenant.Home home;
  private final Map<String, String> ask =
      Map.of("profile", "tls-server", "csr", Csrs.ec("").dns("a.internal.test").build().pem());

  @BeforeEach
  void enter() {
    home = tenants.fresh("dns:internal.test");
  }

  @AfterEach
  void mend() {
    hsm.set(HsmWithSwitch.Position.WORKS);
  }

  @Test
  void theTokenIsAwayAndTheRetryGetsTheReservedCertificate() throws Exception {
    for (HsmWithSwitch.Position fault :
        List.of(HsmWithSwitch.Position.AWAY, HsmWithSwitch.Position.LOSES_ANSWERS)) {
      String key = fault.name();
      hsm.set(fault);
      Http.Answer refused = post(key);
      assertProblem(key, refused, 503);
      assertThat(refused.raw().headers().firstValue("Retry-After")).isPresent();
      String serial = reservations().getFirst();
      String tbs = reservedBytes(serial);

      assertProblem("still away", post(key), 503);
      assertThat(reservations()).as("the retry reserves nothing new").containsExactly(serial);

      hsm.set(HsmWithSwitch.Position.WORKS);
      IssuedCertificate issued = certificate(post(key));
      assertThat(issued.serial().hex()).isEqualTo(serial);
      assertThat(tbs(issued)).isEqualTo(tbs);
      assertThat(certificate(post(key))).isEqualTo(issued);
      assertThat(reservations()).isEmpty();
    }
    assertThat(book.number("select count(*) from certificate where organization = ?", id()))
        .isEqualTo(2);
  }

  @Test
  void aOneTimeTokenIsNotLostWithTheAnswer() {
    Http once = Http.with(tenants.token(home, Tenant.TokenTerms.uses(1)));
    hsm.set(HsmWithSwitch.Position.LOSES_ANSWERS);
    assertProblem("lost", once.post("/v1/certificates", ask, "Idempotency-Key", "k"), 503);
    hsm.set(HsmWithSwitch.Position.WORKS);
    assertThat(once.post("/v1/certificates", ask, "Idempotency-Key", "k").status()).isEqualTo(201);
  }

  @Test
  void theTidyJobFinishesWhatNobodyAsksForAgain() throws Exception {
    hsm.set(HsmWithSwitch.Position.AWAY);
    assertProblem("away", post("forgotten"), 503);
    String serial = reservations().getFirst();
    String tbs = reservedBytes(serial);
    hsm.set(HsmWithSwitch.Position.WORKS);

    tidy.now();
    assertThat(reservations()).as("a young one may still be at work").containsExactly(serial);

    age(serial);
    tidy.now();
    assertThat(reservations()).isEmpty();
    Http.Answer found = home.http().get("/v1/certificates/" + serial);
    assertThat(tbs(certificate(found))).isEqualTo(tbs);
    assertThat(certificate(post("forgotten"))).isEqualTo(certificate(found));
    assertThat(book.texts("select kind from ledger_entry where subject = ? order by id", serial))
        .containsExactly("CERTIFICATE_RESERVED", "CERTIFICATE_RESUMED", "CERTIFICATE_ISSUED");
  }

  @Test
  void whatCannotBeSignedIsGivenUpForGood() throws Exception {
    hsm.set(HsmWithSwitch.Position.AWAY);
    assertProblem("away", post("spoiled"), 503);
    String serial = reservations().getFirst();
    hsm.set(HsmWithSwitch.Position.WORKS);
    book.change("update reservation set tbs = '\\x3000' where serial = ?", serial);
    age(serial);
    tidy.now();
    assertThat(book.texts("select kind from ledger_entry where subject = ? order by id", serial))
        .containsExactly("CERTIFICATE_RESERVED", "CERTIFICATE_ABANDONED");
    assertProblem("given up", post("spoiled"), 409);
    assertProblem("unknown", home.http().get("/v1/certificates/" + serial), 404);
    assertThat(book.number("select count(*) from reservation where serial = ?", serial))
        .as("its serial is never used again")
        .isEqualTo(1);
  }

  @Test
  void theDatabaseIsAway() {
    Tenant.Holder holder = home.enrol("tls-client", Csrs.ec("").dns("c.internal.test"));
    Http mine = holder.http();
    assertThat(mine.get(holder.path()).status()).isEqualTo(200);
    try (Outage outage = Outage.ofTheDatabase()) {
      for (int i = 0; i < 3; i++) {
        Http.Answer answer = post("db-" + i);
        assertProblem("issue", answer, 503);
        assertThat(answer.raw().headers().firstValue("Retry-After")).isPresent();
        assertProblem("read", mine.get(holder.path()), 503);
      }
      assertThat(Http.plain().get("/crl/issuing.crl").status())
          .as("status is served from what was signed")
          .isEqualTo(200);
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> mine.get(holder.path()).status() == 200 && post("after").status() == 201);
  }

  private Http.Answer post(String key) {
    return home.http().post("/v1/certificates", ask, "Idempotency-Key", key);
  }

  private List<String> reservations() {
    return book.texts("select serial from reservation where organization = ?", id());
  }

  private String reservedBytes(String serial) {
    return book.texts("select encode(tbs, 'hex') from reservation where serial = ?", serial)
        .getFirst();
  }

  private void age(String serial) throws Exception {
    book.change(
        "update reservation set reserved_at = reserved_at - interval '1 hour' where serial = ?",
        serial);
  }

  private static IssuedCertificate certificate(Http.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isBetween(200, 201);
    return IssuedCertificate.parse(
        Pem.decodeOne(Pem.CERTIFICATE, answer.json().get("certificate").asText()));
  }

  private static String tbs(IssuedCertificate certificate) throws Exception {
    return HexFormat.of()
        .formatHex(
            new X509CertificateHolder(certificate.der().octets())
                .toASN1Structure()
                .getTBSCertificate()
                .getEncoded("DER"));
  }

  private String id() {
    return home.id().value();
  }
}
