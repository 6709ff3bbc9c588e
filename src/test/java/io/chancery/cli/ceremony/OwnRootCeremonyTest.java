package io.chancery.cli.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.hsm.HsmConfig;
import io.chancery.hsm.Pkcs11Hsm;
import io.chancery.issuance.AuthorityFile;
import io.chancery.issuance.Issuers;
import io.chancery.issuance.StatusAddresses;
import io.chancery.testing.TestToken;
import io.chancery.warrant.SigningSwitch;
import io.chancery.x509.IssuerName;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.Thumbprint;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The internal way, on two tokens of the real SoftHSM, looked at by the real openssl. */
class OwnRootCeremonyTest {
  @TempDir Path folder;

  @Test
  void makesAnAuthorityThatOpensslVerifiesAndTheServiceOpens() {
    CeremonyTable table = new CeremonyTable(folder);
    Path file = table.ownRoot();

    assertThat(table.hold(file)).isInstanceOf(Ceremony.Outcome.Finished.class);

    OpenSsl openssl = new OpenSsl(table.out);
    openssl.run("verify", "-x509_strict", "-CAfile", "root.pem", "issuing.pem");
    openssl.run(
        "verify",
        "-x509_strict",
        "-crl_check",
        "-CAfile",
        "root.pem",
        "-CRLfile",
        "root.crl",
        "issuing.pem");
    assertThat(openssl.run("x509", "-in", "issuing.pem", "-noout", "-text"))
        .contains("CA:TRUE, pathlen:0", "DNS:bank.example", "10.0.0.0/255.0.0.0")
        .contains("secret.bank.example", "Certificate Sign, CRL Sign");
    assertThat(openssl.run("crl", "-in", "root.crl", "-noout", "-text"))
        .contains("No Revoked Certificates");
    assertThat(table.text("chain.pem"))
        .isEqualTo(table.text("issuing.pem") + table.text("root.pem"));
    serviceOpens(table, file);
  }

  private static void serviceOpens(CeremonyTable table, Path file) {
    AuthorityFile authority = AuthorityFile.load(table.paper("authority.yaml"));
    try (Pkcs11Hsm hsm =
        Pkcs11Hsm.open(HsmConfig.load(CeremonySpec.load(file).token().hsmYaml()))) {
      Issuers issuers =
          Issuers.open(
              authority,
              hsm,
              new StatusAddresses(URI.create("http://localhost")),
              new SigningSwitch(),
              Instant.now());
      assertThat(issuers.named(new IssuerName("issuing")).chain()).hasSize(1);
      assertThat(hsm.key(authority.ledgerKey()).publicKey().algorithm())
          .isEqualTo(KeyAlgorithm.ED25519);
      assertThat(
              hsm.key(authority.issuers().getFirst().responderKey().orElseThrow())
                  .publicKey()
                  .algorithm())
          .isEqualTo(KeyAlgorithm.EC_P256);
      assertThat(hsm.keys()).as("the root's key is not in the service's token").hasSize(3);
    }
  }

  @Test
  void secondRunChangesNothingAndNeedsNoRoot() throws IOException {
    CeremonyTable table = new CeremonyTable(folder);
    Path file = table.ownRoot();
    table.hold(file);
    var before = CeremonyTable.snapshot(table.out);
    RootSpec.Here root = (RootSpec.Here) CeremonySpec.load(file).root();
    // The root's token is taken out: its description is gone.
    Files.delete(((RootSpec.OwnToken) root.keeping()).token().hsmYaml());

    assertThat(table.hold(file)).isInstanceOf(Ceremony.Outcome.FinishedBefore.class);

    assertThat(CeremonyTable.snapshot(table.out)).isEqualTo(before);
  }

  @Test
  void goesOnWhereItStopped() throws IOException {
    CeremonyTable table = new CeremonyTable(folder);
    Path file = table.ownRoot();
    table.hold(file);
    String root = table.text("root.pem");
    String yaml = table.text("authority.yaml");
    for (String lost : List.of("root.crl", "issuing.pem", "chain.pem", "authority.yaml")) {
      Files.delete(table.paper(lost));
    }

    assertThat(table.hold(file)).isInstanceOf(Ceremony.Outcome.Finished.class);

    assertThat(table.text("root.pem")).isEqualTo(root);
    assertThat(table.text("authority.yaml")).as("the same keys").isEqualTo(yaml);
    assertThat(table.text("transcript-2.txt"))
        .contains("made   certificate issuing.pem", "found  key 'chancery issuer issuing'")
        .contains("  transcript.txt");
  }

  @Test
  void neverOverwritesAnotherFile() throws IOException {
    CeremonyTable table = new CeremonyTable(folder);
    Path file = table.ownRoot();
    Files.createDirectories(table.out);
    Files.writeString(table.paper("chain.pem"), "somebody else's");

    assertThatExceptionOfType(PkiException.class)
        .isThrownBy(() -> table.hold(file))
        .satisfies(refused -> assertThat(refused.failure()).isInstanceOf(Failure.Conflict.class));

    assertThat(table.text("chain.pem")).isEqualTo("somebody else's");
    assertThat(table.paper("authority.yaml")).doesNotExist();
    assertThat(table.text("transcript.txt"))
        .as("what was done before stands in it")
        .contains("made   key 'chancery root'", "note   stopped: ");
  }

  @Test
  void refusesToMakeAKeyAgainThatAPaperIsAbout() throws IOException {
    CeremonyTable table = new CeremonyTable(folder);
    table.hold(table.ownRoot());
    Files.delete(table.paper("issuing.pem"));

    // Other tokens: the root of root.pem is not in them.
    assertThatExceptionOfType(PkiException.class)
        .isThrownBy(() -> table.hold(table.ownRoot()))
        .satisfies(
            refused -> {
              assertThat(refused.failure()).isInstanceOf(Failure.Conflict.class);
              assertThat(refused.failure().detail()).contains("authority.yaml", "not in");
            });
  }

  @Test
  void transcriptIsHashedAndHoldsNoSecret() throws IOException {
    CeremonyTable table = new CeremonyTable(folder);
    Path file = table.ownRoot();
    table.hold(file);

    String text = table.text("transcript.txt");
    int last = text.lastIndexOf("sha256 of the lines above: ");
    assertThat(text.substring(last))
        .isEqualTo(
            "sha256 of the lines above: "
                + Thumbprint.of(text.substring(0, last).getBytes(StandardCharsets.UTF_8))
                + "\n");
    assertThat(text).contains(Thumbprint.of(Files.readAllBytes(file)).hex());
    for (String name : List.of("root.pem", "root.crl", "issuing.pem", "chain.pem")) {
      assertThat(text).contains(Thumbprint.of(Files.readAllBytes(table.paper(name))) + "  " + name);
    }
    assertThat(text.lines().filter(line -> line.contains("SHA-256 of the public key")))
        .as("root, issuer, responder, ledger")
        .hasSize(4);
    assertThat(text + String.join("\n", table.said))
        .doesNotContain("PRIVATE KEY")
        .doesNotContainPattern("\\b" + TestToken.PIN + "\\b");
  }
}
