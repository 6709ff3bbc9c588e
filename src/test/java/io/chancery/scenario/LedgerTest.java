package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.chancery.Role;
import io.chancery.testing.Book;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.chancery.x509.Thumbprint;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every deed is on the roll, and nothing on it can be changed. */
@QuarkusTest
@WithTestResource(World.class)
class LedgerTest {
  @Inject Tenant tenants;
  @Inject Book book;

  @Test
  void everyDeedOfACertificate() {
    Tenant.Home home = tenants.fresh("dns:internal.test");
    Tenant.Holder holder = home.enrol("tls-server", Csrs.ec("").dns("a.internal.test"));
    Http operator = tenants.person(Role.OPERATOR).http();
    operator.post(holder.path() + "/revocation", Map.of("reason", "certificateHold"));
    operator.delete(holder.path() + "/revocation");
    operator.post(holder.path() + "/revocation", Map.of("reason", "keyCompromise"));
    operator.post(holder.path() + "/revocation", Map.of("reason", "keyCompromise"));

    List<JsonNode> entries = about(holder.serial());
    assertThat(kinds(entries))
        .containsExactly(
            "CERTIFICATE_RESERVED",
            "CERTIFICATE_ISSUED",
            "CERTIFICATE_HELD",
            "CERTIFICATE_RELEASED",
            "CERTIFICATE_REVOKED");
    assertThat(entries.getFirst().get("actor").asText()).isEqualTo("token:" + home.id() + "-token");
    assertThat(entries.get(1).get("body").asText())
        .contains(holder.certificate().thumbprint().hex(), "dns:a.internal.test");
    assertThat(entries.getLast().get("body").asText()).contains("keyCompromise");
    for (JsonNode entry : entries) {
      assertThat(Thumbprint.of(entry.get("body").asText().getBytes(StandardCharsets.UTF_8)).hex())
          .isEqualTo(entry.get("hash").asText());
    }
  }

  @Test
  void refusalsAndFailedLogins() {
    Tenant.Home home = tenants.fresh("dns:internal.test");
    home.http()
        .post(
            "/v1/certificates",
            Map.of("profile", "tls-server", "csr", Csrs.ec("").dns("bank.example").build().pem()));
    assertThat(bodies("REQUEST_REFUSED", home)).singleElement().asString().contains("name-allowed");

    home.http().post("/v1/certificates", Map.of("profile", "tls-server", "csr", "nonsense"));
    assertThat(bodies("REQUEST_REFUSED", home)).last().asString().contains("well-formed");

    long before = count("LOGIN_FAILED");
    Http.with("chancery_wrong").get("/v1/certificates");
    assertThat(count("LOGIN_FAILED")).isEqualTo(before + 1);
    assertThat(book.texts("select convert_from(body, 'UTF8') from ledger_entry order by id desc"))
        .noneMatch(body -> body.contains("chancery_wrong"));
    Http.anonymous().get("/v1/certificates");
    assertThat(count("LOGIN_FAILED")).as("nothing was shown").isEqualTo(before + 1);
  }

  @Test
  void organizationsRolesAndTokens() {
    Http operator = tenants.person(Role.OPERATOR).http();
    String id = "rolled-" + Long.toHexString(System.nanoTime());
    String path = "/v1/organizations/" + id;
    operator.post("/v1/organizations", Map.of("id", id, "names", List.of("dns:a.test")));
    operator.put(path, Map.of("names", List.of("dns:b.test"), "contact", "b@b.test"));
    operator.post(path + "/tokens", Map.of("label", id));
    operator.delete(path + "/tokens/" + id);
    assertThat(kinds(about(id)))
        .containsExactly(
            "ORGANIZATION_CREATED", "ORGANIZATION_CHANGED", "TOKEN_CREATED", "TOKEN_REVOKED");
    assertThat(count("PERSON_CREATED")).isPositive();
  }

  @Test
  void theAuthoritysOwnDeeds() {
    assertThat(count("CONFIGURATION_LOADED")).isEqualTo(1);
    assertThat(count("RESPONDER_CHANGED")).isPositive();
    await().atMost(Duration.ofSeconds(20)).until(() -> count("CRL_SIGNED") > 0);
    // A number whose signature failed stays a gap; a signature without its number is none of ours.
    assertThat(
            book.number(
                """
                select count(*) from ledger_entry s where s.kind = 'CRL_SIGNED' and not exists (
                  select from ledger_entry r where r.kind = 'CRL_RESERVED' and r.id < s.id
                    and r.subject = s.subject
                    and convert_from(r.body, 'UTF8')::jsonb -> 'facts' ->> 'number'
                      = convert_from(s.body, 'UTF8')::jsonb -> 'facts' ->> 'number'
                    and convert_from(r.body, 'UTF8')::jsonb -> 'facts' ->> 'scope'
                      = convert_from(s.body, 'UTF8')::jsonb -> 'facts' ->> 'scope')
                """))
        .isZero();
  }

  @Test
  void nothingCanBeChanged() {
    for (String attack :
        new String[] {
          "update ledger_entry set actor = 'nobody'",
          "delete from ledger_entry",
          "truncate ledger_entry",
          "truncate ledger_entry cascade"
        }) {
      assertThatThrownBy(() -> book.change(attack))
          .as(attack)
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("append-only");
    }
    assertThat(book.number("select count(*) from ledger_entry where hash <> sha256(body)"))
        .isZero();
  }

  private List<JsonNode> about(String subject) {
    Http auditor = tenants.person(Role.AUDITOR).http();
    List<JsonNode> entries = new ArrayList<>();
    auditor.get("/v1/ledger/entries?subject=" + subject).json().get("items").forEach(entries::add);
    return entries;
  }

  private static List<String> kinds(List<JsonNode> entries) {
    return entries.stream().map(entry -> entry.get("kind").asText()).toList();
  }

  private List<String> bodies(String kind, Tenant.Home home) {
    return book.texts(
        "select convert_from(body, 'UTF8') from ledger_entry where kind = ? and organization = ?"
            + " order by id",
        kind,
        home.id().value());
  }

  private long count(String kind) {
    return book.number("select count(*) from ledger_entry where kind = ?", kind);
  }
}
