package io.chancery.cli.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.issuance.AuthorityFile;
import io.chancery.x509.IssuerName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The external way: a request goes out, an openssl authority certifies it, or something else. */
class ForeignRootCeremonyTest {
  private static final IssuerName ISSUING = new IssuerName("issuing");
  private static final String CONSTRAINTS =
      "nameConstraints=critical,permitted;DNS:bank.example,permitted;IP:10.0.0.0/255.0.0.0,"
          + "excluded;DNS:secret.bank.example\n";
  private static final String IDENTIFIERS =
      "subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n";
  private static final String USAGE = "keyUsage=critical,keyCertSign,cRLSign\n";
  private static final String CA = "basicConstraints=critical,CA:TRUE,pathlen:0\n";

  @TempDir Path folder;
  private CeremonyTable table;
  private OpenSsl openssl;
  private Path file;

  @BeforeEach
  void requestGoesOut() {
    table = new CeremonyTable(folder);
    openssl = new OpenSsl(folder);
    file = table.elsewhere(openssl.root("company"));
    assertThat(table.hold(file))
        .isEqualTo(new Ceremony.Outcome.Waiting(List.of(table.paper("issuing.csr"))));
    openssl.run("req", "-in", table.paper("issuing.csr"), "-verify", "-noout");
  }

  @Test
  void takesTheCertificateInThatWasAgreedOn() {
    Path certificate = certified("good", CA + USAGE + IDENTIFIERS + CONSTRAINTS);

    assertThat(come(certificate)).isInstanceOf(Ceremony.Outcome.Finished.class);

    openssl.run("verify", "-x509_strict", "-CAfile", "company.pem", table.paper("issuing.pem"));
    assertThat(AuthorityFile.load(table.paper("authority.yaml")).issuers()).hasSize(1);
    assertThat(table.paper("root.crl")).as("it is the other root's to sign").doesNotExist();
    var before = CeremonyTable.snapshot(table.out);
    Path der = folder.resolve("good.der");
    openssl.run("x509", "-in", certificate, "-outform", "DER", "-out", der);
    assertThat(come(der)).isInstanceOf(Ceremony.Outcome.FinishedBefore.class);
    assertThat(table.hold(file)).isInstanceOf(Ceremony.Outcome.FinishedBefore.class);
    assertThat(CeremonyTable.snapshot(table.out)).isEqualTo(before);
  }

  @Test
  void waitsWithoutANewKeyOrRequest() {
    var before = CeremonyTable.snapshot(table.out);

    assertThat(table.hold(file)).isInstanceOf(Ceremony.Outcome.Waiting.class);

    assertThat(CeremonyTable.snapshot(table.out)).isEqualTo(before);
  }

  @Test
  void keepsTheAuthoritiesBetween() throws IOException {
    openssl.run(
        "req",
        "-new",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-keyout",
        "middle.key",
        "-out",
        "middle.csr",
        "-subj",
        "/O=Partner/CN=middle");
    Path middle =
        openssl.certify(
            "company",
            folder.resolve("middle.csr"),
            "middle",
            "basicConstraints=critical,CA:TRUE,pathlen:1\n" + USAGE + IDENTIFIERS);
    Path certificate =
        openssl.certify(
            "middle", table.paper("issuing.csr"), "good", CA + USAGE + IDENTIFIERS + CONSTRAINTS);
    assertRefused(certificate, "not signed by");

    assertThat(table.hold(file, new Returned(Map.of(ISSUING, certificate), Optional.of(middle))))
        .isInstanceOf(Ceremony.Outcome.Finished.class);

    openssl.run(
        "verify", "-CAfile", "company.pem", "-untrusted", "middle.pem", table.paper("issuing.pem"));
    assertThat(AuthorityFile.load(table.paper("authority.yaml")).issuers().getFirst().chain())
        .hasSize(2);
    assertThat(Files.readString(table.paper("issuing.above-1.pem"))).contains("CERTIFICATE");
    assertThat(table.hold(file)).isInstanceOf(Ceremony.Outcome.FinishedBefore.class);
  }

  @Test
  void refusesAnotherKey() {
    openssl.run(
        "req",
        "-new",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-keyout",
        "other.key",
        "-out",
        "other.csr",
        "-subj",
        "/O=Example Bank/CN=Example Bank Issuing CA 1");
    assertRefused(
        openssl.certify(
            "company",
            folder.resolve("other.csr"),
            "other",
            CA + USAGE + IDENTIFIERS + CONSTRAINTS),
        "is not the key of the certificate");
  }

  @Test
  void refusesNoAuthority() {
    assertRefused(
        certified("leaf", "basicConstraints=critical,CA:FALSE\n" + IDENTIFIERS), "no authority");
  }

  @Test
  void refusesWithoutPathLength() {
    String open = "basicConstraints=critical,CA:TRUE\n";
    assertRefused(certified("open", open + USAGE + IDENTIFIERS + CONSTRAINTS), "missing");
  }

  @Test
  void refusesAnotherPathLength() {
    String wide = "basicConstraints=critical,CA:TRUE,pathlen:3\n";
    assertRefused(certified("wide", wide + USAGE + IDENTIFIERS + CONSTRAINTS), "is 3");
    String negative = "basicConstraints=critical,DER:30:06:01:01:FF:02:01:FF\n";
    assertRefused(
        certified("negative", negative + USAGE + IDENTIFIERS + CONSTRAINTS), "allows fewer");
  }

  @Test
  void refusesAnExpiredOne() {
    Path certificate = certified("old", CA + USAGE + IDENTIFIERS + CONSTRAINTS);
    assertRefused(
        () ->
            table.hold(
                file,
                new Returned(Map.of(ISSUING, certificate), Optional.empty()),
                Instant.now().plus(Duration.ofDays(366))),
        "expired at");
    Path backwards =
        openssl.certify(
            "company",
            table.paper("issuing.csr"),
            "backwards",
            CA + USAGE + IDENTIFIERS + CONSTRAINTS,
            "-days",
            "-1");
    assertRefused(backwards, "is no span");
  }

  @Test
  void refusesARootThatIsNoneBeforeAnyKeyIsMade() throws IOException {
    Files.createDirectories(folder.resolve("later"));
    CeremonyTable later = new CeremonyTable(folder.resolve("later"));
    Path leaf = certified("leaf", CA + USAGE + IDENTIFIERS + CONSTRAINTS);

    assertThatExceptionOfType(PkiException.class)
        .isThrownBy(() -> later.hold(later.elsewhere(leaf)))
        .satisfies(refused -> assertThat(refused.failure().detail()).contains("is no root"));

    assertThat(later.said).isEmpty();
    assertThat(later.out).doesNotExist();
  }

  @Test
  void refusesWithoutKeyUsage() {
    assertRefused(certified("usage", CA + IDENTIFIERS + CONSTRAINTS), "may not sign certificates");
    String half = "keyUsage=critical,keyCertSign\n";
    assertRefused(certified("half", CA + half + IDENTIFIERS + CONSTRAINTS), "may not sign CRLs");
  }

  @Test
  void refusesOtherNameConstraints() {
    assertRefused(certified("none", CA + USAGE + IDENTIFIERS), "name constraints are []");
    assertRefused(
        certified(
            "more",
            CA + USAGE + IDENTIFIERS + CONSTRAINTS.strip() + ",permitted;DNS:evil.example\n"),
        "evil.example");
  }

  @Test
  void refusesAnotherRoot() {
    openssl.root("stranger");
    assertRefused(
        openssl.certify(
            "stranger",
            table.paper("issuing.csr"),
            "foreign",
            CA + USAGE + IDENTIFIERS + CONSTRAINTS),
        "not signed by");
  }

  @Test
  void refusesWhatNobodyAwaits() {
    Path certificate = certified("good", CA + USAGE + IDENTIFIERS + CONSTRAINTS);
    assertThatExceptionOfType(PkiException.class)
        .isThrownBy(
            () ->
                table.hold(
                    file,
                    new Returned(Map.of(new IssuerName("isuing"), certificate), Optional.empty())))
        .satisfies(
            refused -> assertThat(refused.failure()).isInstanceOf(Failure.Misconfigured.class));
  }

  private Path certified(String name, String extensions) {
    return openssl.certify("company", table.paper("issuing.csr"), name, extensions);
  }

  private Ceremony.Outcome come(Path certificate) {
    return table.hold(file, new Returned(Map.of(ISSUING, certificate), Optional.empty()));
  }

  /** Refused with a failure of ours, and nothing of it was kept. */
  private void assertRefused(Path certificate, String fact) {
    assertRefused(() -> come(certificate), fact);
  }

  private void assertRefused(ThrowingCallable deed, String fact) {
    var before = CeremonyTable.snapshot(table.out);
    assertThatExceptionOfType(PkiException.class)
        .isThrownBy(deed)
        .satisfies(
            refused -> {
              assertThat(refused.failure())
                  .isInstanceOfAny(Failure.Misconfigured.class, Failure.Malformed.class);
              assertThat(refused.failure().detail()).contains(fact);
            });
    assertThat(CeremonyTable.snapshot(table.out)).isEqualTo(before);
  }
}
