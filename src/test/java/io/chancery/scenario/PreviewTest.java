package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.chancery.testing.Book;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;

/** What would be issued, said before it is, without a trace. */
@QuarkusTest
@WithTestResource(World.class)
class PreviewTest {
  @Inject Tenant tenants;
  @Inject Book book;

  @Test
  void itShowsTheCertificateThatIssuingMakes() throws Exception {
    Tenant.Home home = tenants.fresh("dns:internal.test");
    Csrs.Made made = Csrs.ec("CN=a.internal.test").dns("a.internal.test").build();
    long entries =
        book.number("select count(*) from ledger_entry where organization = ?", id(home));

    JsonNode preview = preview(home, made, Map.of());
    assertThat(preview.get("passes").asBoolean()).isTrue();
    assertThat(checks(preview)).hasSizeGreaterThan(30).contains("name-allowed", "validity");
    assertThat(preview.get("text").toString()).contains("a.internal.test");
    assertThat(book.number("select count(*) from certificate where organization = ?", id(home)))
        .isZero();
    assertThat(book.number("select count(*) from reservation where organization = ?", id(home)))
        .isZero();
    assertThat(book.number("select count(*) from ledger_entry where organization = ?", id(home)))
        .isEqualTo(entries);

    TBSCertificate shown =
        TBSCertificate.getInstance(Base64.getDecoder().decode(preview.get("tbs").asText()));
    Http.Answer issued =
        home.http().post("/v1/certificates", Map.of("profile", "tls-server", "csr", made.pem()));
    TBSCertificate signed =
        new X509CertificateHolder(
                Tenant.Holder.of(home, made.pair(), issued).certificate().der().octets())
            .toASN1Structure()
            .getTBSCertificate();
    assertThat(shown.getSubject()).isEqualTo(signed.getSubject());
    assertThat(shown.getIssuer()).isEqualTo(signed.getIssuer());
    assertThat(shown.getExtensions()).isEqualTo(signed.getExtensions());
    assertThat(shown.getSubjectPublicKeyInfo()).isEqualTo(signed.getSubjectPublicKeyInfo());
    assertThat(shown.getSerialNumber()).isNotEqualTo(signed.getSerialNumber());
  }

  @Test
  void itNamesWhatTheRequestAskedOtherwise() {
    Tenant.Home home = tenants.fresh("dns:internal.test");
    Csrs.Made made =
        Csrs.ec("CN=a.internal.test")
            .dns("a.internal.test")
            .extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
            .build();
    JsonNode preview =
        preview(home, made, Map.of("names", List.of("dns:a.internal.test", "dns:b.internal.test")));
    assertThat(preview.get("passes").asBoolean()).as(preview.toString()).isTrue();
    assertThat(preview.get("differences").toString())
        .contains("name dns:b.internal.test: not asked, given")
        .doesNotContain("a.internal.test: asked");
  }

  @Test
  void aRefusalShowsEveryRuleThatSaysNo() {
    Tenant.Home home = tenants.fresh("dns:internal.test");
    Csrs.Made made = Csrs.ec("CN=bank.example").dns("bank.example", "*.internal.test").build();
    JsonNode preview = preview(home, made, Map.of("validity", "P999D"));
    assertThat(preview.get("passes").asBoolean()).isFalse();
    assertThat(preview.has("tbs")).isFalse();
    List<String> failed =
        StreamSupport.stream(preview.get("checks").spliterator(), false)
            .filter(check -> !check.get("pass").asBoolean())
            .map(check -> check.get("rule").asText())
            .toList();
    assertThat(failed).contains("name-allowed", "validity");
    preview
        .get("checks")
        .forEach(
            check ->
                assertThat(check.get("pass").asBoolean()).isNotEqualTo(check.hasNonNull("found")));
  }

  private static JsonNode preview(Tenant.Home home, Csrs.Made made, Map<String, Object> more) {
    Map<String, Object> ask = new HashMap<>(more);
    ask.put("profile", "tls-server");
    ask.put("csr", made.pem());
    Http.Answer answer = home.http().post("/v1/certificates/preview", ask);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private static List<String> checks(JsonNode preview) {
    List<String> rules = new ArrayList<>();
    preview.get("checks").forEach(check -> rules.add(check.get("rule").asText()));
    return rules;
  }

  private static String id(Tenant.Home home) {
    return home.id().value();
  }
}
