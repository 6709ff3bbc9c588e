package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chancery.Role;
import io.chancery.filter.FilterPublisher;
import io.chancery.filter.RevocationFilter;
import io.chancery.filter.RevocationFilter.Verdict;
import io.chancery.issuance.Issuers;
import io.chancery.ledger.note.NoteSigner;
import io.chancery.testing.Book;
import io.chancery.testing.Csrs;
import io.chancery.testing.HsmWithSwitch;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.IssuerName;
import io.chancery.x509.JavaCertificates;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The compact filter says of every certificate that it covers what the book says. */
@QuarkusTest
@WithTestResource(World.class)
class FilterSpeaksForTheBookTest {
  private static final String PATH = "/filter/issuing.filter";
  private static final IssuerName ISSUING = new IssuerName("issuing");

  @Inject Tenant tenants;
  @Inject FilterPublisher publisher;
  @Inject Issuers issuers;
  @Inject NoteSigner ledger;
  @Inject HsmWithSwitch hsm;
  @Inject Book book;

  private Tenant.Home home;
  private Http operator;

  @BeforeEach
  void enter() {
    home = tenants.fresh("dns:internal.test");
    operator = tenants.person(Role.OPERATOR).http();
  }

  @AfterEach
  void theTokenWorks() {
    hsm.set(HsmWithSwitch.Position.WORKS);
  }

  @Test
  void verdictsFollowTheBook() throws Exception {
    Tenant.Holder good = holder("good");
    Tenant.Holder revoked = holder("revoked");
    Tenant.Holder held = holder("held");
    revoke(revoked, "keyCompromise");
    revoke(held, "certificateHold");
    untilCovered(held);

    RevocationFilter filter = made();
    assertThat(verdict(filter, good)).isEqualTo(Verdict.GOOD);
    assertThat(verdict(filter, revoked)).isEqualTo(Verdict.REVOKED);
    assertThat(verdict(filter, held)).isEqualTo(Verdict.REVOKED);
    Tenant.Holder later = holder("later");
    assertThat(verdict(filter, later)).as("issued after the cut").isEqualTo(Verdict.NOT_COVERED);
    assertThat(
            filter.verdict(
                JavaCertificates.of(good.certificate()),
                JavaCertificates.of(Http.root()),
                Instant.now()))
        .as("said to be of another issuer")
        .isEqualTo(Verdict.NOT_COVERED);

    assertThat(operator.delete(held.path() + "/revocation").status()).isEqualTo(200);
    RevocationFilter next = made();
    assertThat(next.facts().number()).isGreaterThan(filter.facts().number());
    assertThat(verdict(next, held)).isEqualTo(Verdict.GOOD);
    assertThat(verdict(next, revoked)).isEqualTo(Verdict.REVOKED);
  }

  @Test
  void everyCertificateOfTheBookThatBeginsBeforeTheCutIsCovered() throws Exception {
    untilCovered(holder("last"));
    RevocationFilter filter = made();
    String covered =
        " from certificate where issuer = 'issuing' and not_before < ?::timestamptz"
            + " and not_after >= ?::timestamptz";
    String cut = filter.facts().cut().toString();
    String start = filter.facts().thisUpdate().toString();
    // Those that wait for approval are in it as well, if they begin before the cut.
    long certificates = book.number("select count(*)" + covered, cut, start);
    long waiting =
        book.number(
            "select count(*) from reservation where approvals > 0 and abandoned_at is null");
    assertThat(filter.issued()).isBetween(certificates, certificates + waiting);
    for (String status : new String[] {"good", "held", "revoked"}) {
      for (String der :
          book.texts(
              "select encode(der, 'base64')" + covered + " and status = ?", cut, start, status)) {
        IssuedCertificate certificate = IssuedCertificate.parse(decoded(der));
        assertThat(verdict(filter, certificate))
            .as(certificate.serial() + " is " + status)
            .isEqualTo(status.equals("good") ? Verdict.GOOD : Verdict.REVOKED);
      }
    }
  }

  @Test
  void whatIsReservedAndSignedLaterIsNotSpokenFor() throws Exception {
    hsm.set(HsmWithSwitch.Position.AWAY);
    Csrs.Made late = Csrs.ec("").dns("late.internal.test").build();
    assertThat(ask(late).status()).isEqualTo(503);
    hsm.set(HsmWithSwitch.Position.WORKS);
    Tenant.Holder after = holder("after");
    untilCovered(after);

    RevocationFilter filter = made();
    assertThat(verdict(filter, after))
        .as("begins after the open one")
        .isEqualTo(Verdict.NOT_COVERED);
    Http.Answer finished = ask(late);
    assertThat(finished.status()).as(finished.text()).isEqualTo(201);
    Tenant.Holder holder = Tenant.Holder.of(home, late.pair(), finished);
    assertThat(holder.certificate().validity().notBefore())
        .isBeforeOrEqualTo(after.certificate().validity().notBefore());
    assertThat(verdict(filter, holder)).isEqualTo(Verdict.NOT_COVERED);
    RevocationFilter next = made();
    assertThat(verdict(next, holder)).isEqualTo(Verdict.GOOD);
    assertThat(verdict(next, after)).isEqualTo(Verdict.GOOD);
  }

  @Test
  void nothingIsReservedBelowTheFloor() throws SQLException {
    String before = book.texts("select at::text from not_before_floor").getFirst();
    book.change("update not_before_floor set at = now() + interval '1 hour'");
    Http.Answer refused;
    try {
      refused = ask(Csrs.ec("").dns("below.internal.test").build());
    } finally {
      book.change("update not_before_floor set at = ?::timestamptz", before);
    }
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.raw().headers().firstValue("Retry-After")).isPresent();
    assertThat(refused.text()).contains("nothing is entered any more that begins at");
    holder("above");
  }

  @Test
  void cachesAreTold() {
    made();
    Http.Answer answer = Http.plain().get(PATH);
    assertThat(answer.type()).isEqualTo("application/octet-stream");
    assertThat(header(answer, "Cache-Control")).startsWith("public, max-age=");
    assertThat(header(answer, "Last-Modified")).isNotEmpty();
    assertThat(header(answer, "Expires")).isNotEmpty();
    Http.Answer again = Http.plain().get(PATH, "If-None-Match", header(answer, "ETag"));
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(Http.plain().get("/filter/nobody.filter").status()).isEqualTo(404);
  }

  private RevocationFilter made() {
    publisher.publish(issuers.named(ISSUING));
    Http.Answer answer = Http.plain().get(PATH);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    try {
      return RevocationFilter.open(answer.body(), ledger.key().vkey());
    } catch (RevocationFilter.RefusedException broken) {
      throw new AssertionError(broken);
    }
  }

  /** A certificate begins five minutes before it is made; the cut follows a second behind that. */
  private static void untilCovered(Tenant.Holder holder) {
    Instant begins = holder.certificate().validity().notBefore();
    Instant then = begins.plus(Duration.ofMinutes(5)).plusSeconds(3);
    await().atMost(Duration.ofSeconds(30)).until(() -> Instant.now().isAfter(then));
  }

  private Verdict verdict(RevocationFilter filter, Tenant.Holder holder) throws Exception {
    return verdict(filter, holder.certificate());
  }

  private Verdict verdict(RevocationFilter filter, IssuedCertificate certificate) throws Exception {
    return filter.verdict(
        JavaCertificates.of(certificate),
        JavaCertificates.of(issuers.named(ISSUING).certificate()),
        Instant.now());
  }

  private Tenant.Holder holder(String name) {
    return home.enrol("tls-client", Csrs.ec("").dns(name + ".internal.test"));
  }

  private Http.Answer ask(Csrs.Made made) {
    return home.http()
        .post(
            "/v1/certificates",
            Map.of("profile", "tls-client", "csr", made.pem()),
            "Idempotency-Key",
            "key-of-" + made.pem().hashCode());
  }

  private void revoke(Tenant.Holder holder, String reason) {
    Http.Answer answer = operator.post(holder.path() + "/revocation", Map.of("reason", reason));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private static io.chancery.x509.Der decoded(String base64) {
    return io.chancery.x509.Der.of(java.util.Base64.getMimeDecoder().decode(base64));
  }

  private static String header(Http.Answer answer, String name) {
    return answer.raw().headers().firstValue(name).orElse("");
  }
}
