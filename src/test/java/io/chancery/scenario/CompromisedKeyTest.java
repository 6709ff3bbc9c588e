package io.chancery.scenario;

import static io.chancery.scenario.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.chancery.Role;
import io.chancery.issuance.Issuers;
import io.chancery.testing.Book;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.LogLines;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.chancery.x509.Der;
import io.chancery.x509.IssuerName;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.Pem;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A key that others know ends everywhere, for whoever shows it, and never comes back. */
@QuarkusTest
@WithTestResource(World.class)
class CompromisedKeyTest {
  private static final String REPORT = "/v1/compromised-keys";
  private static final String PEM = "application/x-pem-file";
  private static final String WORDS = "CN=this key is compromised";

  @Inject Tenant tenants;
  @Inject Issuers issuers;
  @Inject Book book;

  private Tenant.Home one;
  private Tenant.Home two;
  private Tenant.Home stranger;

  @BeforeEach
  void threeHouses() {
    one = tenants.fresh("dns:internal.test");
    two = tenants.fresh("dns:internal.test");
    stranger = tenants.fresh("dns:internal.test");
  }

  @Test
  void aPrivateKeyEndsItsCertificatesInEveryOrganizationForEver() throws Exception {
    KeyPair pair = Csrs.pair(KeyAlgorithm.EC_P256);
    Tenant.Holder first = one.enrol("tls-client", Csrs.of(pair, "").dns("a.internal.test"));
    Tenant.Holder other = two.enrol("tls-client", Csrs.of(pair, "").dns("b.internal.test"));
    Tenant.Holder fine = two.enrol("tls-client", Csrs.ec("").dns("c.internal.test"));
    assertThat(
            fine.http().post(other.path() + "/revocation", Map.of("reason", "superseded")).status())
        .isEqualTo(200);

    Http.Answer answer;
    try (LogLines log = LogLines.open()) {
      answer = report(stranger, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      nowhere(pair, log, answer);
    }
    JsonNode said = answer.json();
    assertThat(said.get("outcome").asText()).isEqualTo("blocked");
    assertThat(said.get("proof").asText()).isEqualTo("private-key");
    assertThat(said.get("key").asText()).isEqualTo(first.certificate().key().thumbprint().hex());
    // Whose certificates they were is nothing to a stranger.
    assertThat(said.get("revoked")).isEmpty();

    for (Tenant.Holder holder : List.of(first, other)) {
      assertThat(
              book.texts(
                  "select status || reason from certificate where serial = ?", holder.serial()))
          .containsExactly("revoked1");
      byte[] question = OcspQuestions.of(issuers).about(new BigInteger(holder.serial(), 16));
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  OcspQuestions.verdicts(
                          Http.plain().post("/ocsp", "application/ocsp-request", question).body())
                      .equals(List.of("revoked")));
    }
    blockedEverywhere(pair, fine);
    // Doing it again finds nothing more to do.
    long entries = revocations(first);
    assertThat(report(stranger, pem("PRIVATE KEY", pair.getPrivate().getEncoded())).status())
        .isEqualTo(200);
    assertThat(revocations(first)).isEqualTo(entries).isEqualTo(1);
    assertThat(
            book.number(
                "select count(*) from ledger_entry where kind = 'KEY_BLOCKED' and subject = ?",
                said.get("key").asText()))
        .isEqualTo(1);
  }

  private void blockedEverywhere(KeyPair pair, Tenant.Holder fine) {
    for (Tenant.Home home : List.of(one, two, stranger)) {
      String csr = Csrs.of(pair, "").dns("new.internal.test").build().pem();
      Map<String, String> body = Map.of("profile", "tls-client", "csr", csr);
      assertThat(
              assertProblem("enrol", home.http().post("/v1/certificates", body), 422)
                  .get("rule")
                  .asText())
          .isEqualTo("key-not-compromised");
      assertThat(home.http().post("/v1/certificates/preview", body).text())
          .contains("known to be compromised");
    }
    String csr = Csrs.of(pair, "").dns("c.internal.test").build().pem();
    assertProblem("renewal", fine.http().post(fine.path() + "/renewal", Map.of("csr", csr)), 422);
  }

  /** Its text, in whatever encoding: not in a table, not in the log, not in an answer. */
  private void nowhere(KeyPair pair, LogLines log, Http.Answer answer) {
    byte[] secret =
        ((java.security.interfaces.ECPrivateKey) pair.getPrivate()).getS().toByteArray();
    String base64 =
        Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()).substring(50, 80);
    String hex = new BigInteger(1, secret).toString(16);
    assertThat(answer.text()).doesNotContain(base64, hex);
    assertThat(String.join("\n", log.lines())).doesNotContain(base64, hex);
    for (String text : List.of(base64, hex)) {
      assertThat(
              book.number(
                  "select count(*) from ledger_entry where convert_from(body, 'UTF8') like ?",
                  "%" + text + "%"))
          .isZero();
      assertThat(
              book.number(
                  "select count(*) from blocked_key k where k::text like ?", "%" + text + "%"))
          .isZero();
    }
  }

  @Test
  void everyFormOfAPrivateKeyIsRead() throws Exception {
    Map<String, byte[]> forms = new LinkedHashMap<>();
    KeyPair p384 = Csrs.pair(KeyAlgorithm.EC_P384);
    KeyPair ed = Csrs.pair(KeyAlgorithm.ED25519);
    KeyPair rsa = rsa();
    byte[] sec1 =
        ECPrivateKey.getInstance(
                PrivateKeyInfo.getInstance(p384.getPrivate().getEncoded()).parsePrivateKey())
            .getEncoded(ASN1Encoding.DER);
    byte[] withCurve =
        new ECPrivateKey(
                384,
                ((java.security.interfaces.ECPrivateKey) p384.getPrivate()).getS(),
                org.bouncycastle.asn1.sec.SECObjectIdentifiers.secp384r1)
            .getEncoded(ASN1Encoding.DER);
    assertThat(sec1).isNotEmpty();
    forms.put("pkcs8 der", ed.getPrivate().getEncoded());
    forms.put(
        "sec1 with parameters before",
        join(
            pem("EC PARAMETERS", new byte[] {6, 5, 43, (byte) 0x81, 4, 0, 34}),
            pem("EC PRIVATE KEY", withCurve)));
    forms.put(
        "pkcs1",
        pem(
            "RSA PRIVATE KEY",
            PrivateKeyInfo.getInstance(rsa.getPrivate().getEncoded())
                .parsePrivateKey()
                .toASN1Primitive()
                .getEncoded()));
    forms.forEach(
        (what, form) -> {
          Http.Answer answer = report(stranger, form);
          assertThat(answer.status()).as("%s: %s", what, answer.text()).isEqualTo(200);
        });
    for (KeyPair pair : List.of(p384, ed, rsa)) {
      String spki = Der.of(pair.getPublic().getEncoded()).thumbprint().hex();
      assertThat(book.number("select count(*) from blocked_key where spki = ?", spki)).isOne();
    }
  }

  @Test
  void aRequestMustSayThatItsKeyIsCompromised() {
    KeyPair pair = Csrs.pair(KeyAlgorithm.EC_P256);
    Tenant.Holder holder = one.enrol("tls-client", Csrs.of(pair, "").dns("a.internal.test"));
    byte[] ordinary = Csrs.of(pair, "CN=a").dns("a.internal.test").build().pemOctets();
    assertProblem("an ordinary request", report(stranger, ordinary), 422);
    assertThat(status(holder)).isEqualTo("good");
    Http.Answer answer = report(stranger, Csrs.of(pair, WORDS).build().pemOctets());
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().get("proof").asText()).isEqualTo("request");
    assertThat(status(holder)).isEqualTo("revoked");
  }

  @Test
  void onAMereWordOnlyAnOperatorForAllIsHeard() {
    Tenant.Holder holder = one.enrol("tls-client", Csrs.ec("").dns("a.internal.test"));
    byte[] key = pem("PUBLIC KEY", holder.pair().getPublic().getEncoded());
    byte[] certificate = holder.certificate().pem().getBytes(StandardCharsets.US_ASCII);
    Tenant.Home staff = tenants.fresh("uri:urn:staff");
    Http partner = tenants.person(staff, false, Role.OPERATOR).http();
    for (byte[] claim : List.of(key, certificate)) {
      assertProblem("a service", report(one, claim), 403);
      assertProblem("a partner's operator", partner.post(REPORT, PEM, claim), 403);
    }
    assertThat(status(holder)).isEqualTo("good");
    Http.Answer answer = tenants.person(Role.OPERATOR).http().post(REPORT, PEM, certificate);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().get("revoked").get(0).asText()).isEqualTo(holder.serial());
    assertThat(status(holder)).isEqualTo("revoked");
  }

  @Test
  void aKeyOfTheAuthorityAlarmsAndEndsNothing() {
    Http operator = tenants.person(Role.OPERATOR).http();
    var issuer = issuers.named(new IssuerName("issuing")).certificate();
    String responder =
        book.texts(
                "select encode(der, 'base64') from certificate where serial = (select serial from"
                    + " responder)")
            .getFirst();
    byte[] other = Base64.getMimeDecoder().decode(responder);
    for (byte[] der : List.of(issuer.der().octets(), other)) {
      Http.Answer answer = operator.post(REPORT, PEM, pem("CERTIFICATE", der));
      assertThat(answer.status()).as(answer.text()).isEqualTo(202);
      assertThat(answer.json().get("outcome").asText()).isEqualTo("alarmed");
      String key = answer.json().get("key").asText();
      assertThat(book.number("select count(*) from blocked_key where spki = ?", key)).isZero();
      assertThat(operator.get("/v1/alerts").text()).contains("own-key-reported");
    }
    assertThat(
            book.number(
                "select count(*) from certificate c join responder using (serial)"
                    + " where c.status = 'good'"))
        .isOne();
  }

  @Test
  void whoHasOnlyThePublicKeyCannotMakeAPrivateOne() throws Exception {
    KeyPair pair = rsa();
    RSAPublicKey known = (RSAPublicKey) pair.getPublic();
    BigInteger any = BigInteger.valueOf(65_539);
    byte[] forged =
        new RSAPrivateKey(
                known.getModulus(), known.getPublicExponent(), any, any, any, any, any, any)
            .getEncoded();
    assertProblem("forged", report(stranger, pem("RSA PRIVATE KEY", forged)), 400);
    // A public key beside a private one says nothing: the point is worked out.
    KeyPair victim = Csrs.pair(KeyAlgorithm.EC_P256);
    KeyPair own = Csrs.pair(KeyAlgorithm.EC_P256);
    byte[] mixed =
        new ECPrivateKey(
                256,
                ((java.security.interfaces.ECPrivateKey) own.getPrivate()).getS(),
                new org.bouncycastle.asn1.DERBitString(
                    org.bouncycastle.asn1.x509.SubjectPublicKeyInfo.getInstance(
                            victim.getPublic().getEncoded())
                        .getPublicKeyData()
                        .getBytes()),
                org.bouncycastle.asn1.sec.SECObjectIdentifiers.secp256r1)
            .getEncoded();
    Http.Answer answer = report(stranger, pem("EC PRIVATE KEY", mixed));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("key").asText())
        .isEqualTo(Der.of(own.getPublic().getEncoded()).thumbprint().hex());
  }

  @Test
  void hostileUploadsAreRefused() throws Exception {
    KeyPair pair = Csrs.pair(KeyAlgorithm.EC_P256);
    byte[] good = pem("PRIVATE KEY", pair.getPrivate().getEncoded());
    Map<String, byte[]> bad = new LinkedHashMap<>();
    bad.put("nothing", new byte[0]);
    bad.put("garbage", new byte[3_000]);
    bad.put("text", "hello".getBytes(StandardCharsets.US_ASCII));
    bad.put("70 kB", new byte[70_000]);
    bad.put("two keys", join(good, good));
    bad.put(
        "many blocks",
        "-----BEGIN A-----\n-----END A-----\n".repeat(1_800).getBytes(StandardCharsets.US_ASCII));
    bad.put("many begins", "-----BEGIN ".repeat(5_000).getBytes(StandardCharsets.US_ASCII));
    bad.put("no end", java.util.Arrays.copyOf(good, good.length - 20));
    bad.put("encrypted", pem("ENCRYPTED PRIVATE KEY", pair.getPrivate().getEncoded()));
    bad.put(
        "encrypted of old",
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----\n"
            .getBytes(StandardCharsets.US_ASCII));
    bad.put("unknown label", pem("OPENSSH PRIVATE KEY", new byte[40]));
    bad.put("unknown curve", pem("PRIVATE KEY", koblitz().getPrivate().getEncoded()));
    bad.put(
        "cut off", pem("PRIVATE KEY", java.util.Arrays.copyOf(pair.getPrivate().getEncoded(), 40)));
    bad.put("nested", pem("PRIVATE KEY", nested()));
    bad.put("a request in its place", pem("PRIVATE KEY", Csrs.ec("").build().der()));
    bad.put(
        "a key in a request's place", pem("CERTIFICATE REQUEST", pair.getPrivate().getEncoded()));
    bad.put("a broken certificate", pem("CERTIFICATE", nested()));
    bad.put("Ed25519 of 31", ed25519(31));
    bad.put("zero", pem("EC PRIVATE KEY", zero()));
    bad.put(
        "another's signature", Csrs.of(pair, WORDS).signature(new byte[70]).build().pemOctets());
    Http operator = tenants.person(Role.OPERATOR).http();
    try (LogLines log = LogLines.open()) {
      bad.forEach(
          (what, octets) -> {
            for (Http http : List.of(stranger.http(), operator)) {
              Http.Answer answer = http.post(REPORT, PEM, octets);
              assertThat(answer.status()).as("%s: %s", what, answer.text()).isBetween(400, 499);
            }
          });
      assertThat(String.join("\n", log.lines()))
          .doesNotContain(
              Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()).substring(50, 80));
    }
    assertThat(status(stranger.http(), new byte[1 << 20])).isIn(400, 413);
    assertProblem(
        "a date to come",
        stranger.http().post(REPORT + "?invalidityDate=2999-01-01T00:00:00Z", PEM, good),
        422);
    String spki = Der.of(pair.getPublic().getEncoded()).thumbprint().hex();
    assertThat(book.number("select count(*) from blocked_key where spki = ?", spki)).isZero();
  }

  /** Reserved before the key was blocked, recorded after it. */
  @Test
  void whatWasOnItsWayIsRevokedSoonAfter() throws Exception {
    Tenant.Holder holder = one.enrol("tls-client", Csrs.ec("").dns("a.internal.test"));
    book.change(
        "insert into blocked_key values (?, now(), 'test', 'none', null)",
        holder.certificate().key().thumbprint().hex());
    await().atMost(Duration.ofSeconds(60)).until(() -> status(holder).equals("revoked"));
  }

  @Test
  void aBlockedKeyStaysBlocked() {
    KeyPair pair = Csrs.pair(KeyAlgorithm.EC_P256);
    assertThat(report(one, pem("PRIVATE KEY", pair.getPrivate().getEncoded())).status())
        .isEqualTo(200);
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> book.change("delete from blocked_key"))
        .hasMessageContaining("stays blocked");
  }

  /** The connection may be cut before the answer: then there is none. */
  private static int status(Http http, byte[] octets) {
    try {
      return http.post(REPORT, PEM, octets).status();
    } catch (java.io.UncheckedIOException cut) {
      return 413;
    }
  }

  private long revocations(Tenant.Holder holder) {
    return book.number(
        "select count(*) from ledger_entry where kind = 'CERTIFICATE_REVOKED' and subject = ?",
        holder.serial());
  }

  private String status(Tenant.Holder holder) {
    return book.texts("select status from certificate where serial = ?", holder.serial())
        .getFirst();
  }

  private static Http.Answer report(Tenant.Home by, byte[] file) {
    return by.http().post(REPORT, PEM, file);
  }

  private static byte[] pem(String label, byte[] der) {
    return Pem.encode(label, Der.of(der)).getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] join(byte[] one, byte[] other) {
    byte[] whole = java.util.Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, whole, one.length, other.length);
    return whole;
  }

  private static KeyPair rsa() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  /** Java has no secp256k1 any more; BouncyCastle does. */
  private static KeyPair koblitz() throws Exception {
    KeyPairGenerator generator =
        KeyPairGenerator.getInstance(
            "EC", new org.bouncycastle.jce.provider.BouncyCastleProvider());
    generator.initialize(new ECGenParameterSpec("secp256k1"));
    return generator.generateKeyPair();
  }

  private static byte[] nested() {
    byte[] octets = new byte[20_000];
    for (int i = 0; i + 1 < octets.length; i += 2) {
      octets[i] = 0x30;
      octets[i + 1] = (byte) 0x80;
    }
    return octets;
  }

  private static byte[] ed25519(int octets) throws Exception {
    return pem(
        "PRIVATE KEY",
        new PrivateKeyInfo(
                new org.bouncycastle.asn1.x509.AlgorithmIdentifier(
                    org.bouncycastle.asn1.edec.EdECObjectIdentifiers.id_Ed25519),
                new org.bouncycastle.asn1.DEROctetString(new byte[octets]))
            .getEncoded());
  }

  private static byte[] zero() throws Exception {
    return new ECPrivateKey(
            256, BigInteger.ZERO, org.bouncycastle.asn1.sec.SECObjectIdentifiers.secp256r1)
        .getEncoded();
  }
}
