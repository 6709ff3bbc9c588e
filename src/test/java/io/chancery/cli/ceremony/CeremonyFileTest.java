package io.chancery.cli.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.x509.KeyAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file is read strictly: every slip of the pen is one line, before anything is opened. */
class CeremonyFileTest {
  private static final String GOOD =
      """
      hsm: hsm.yaml
      so-pin-file: so-pin
      output: authority
      root:
        kept: file
        folder: root-keys
        passphrase-file: root.passphrase
        subject: O=Bank, CN=Root
        key: rsa-4096
        validity: 7300d
      issuers:
        - name: issuing
          subject: O=Bank, CN=Issuing
          key: ec-p384
          validity: 1825d
          path-length: 0
          permitted: {dns: [bank.example], ip: [10.0.0.0/8]}
      """;

  @TempDir Path folder;

  @Test
  void readsAWholeFile() {
    CeremonySpec spec = CeremonySpec.load(new CeremonyTable(folder).file(GOOD));

    assertThat(spec.output()).isEqualTo(folder.resolve("authority"));
    assertThat(spec.token())
        .isEqualTo(
            new TokenSpec(folder.resolve("hsm.yaml"), Optional.of(folder.resolve("so-pin"))));
    assertThat(spec.root())
        .isInstanceOfSatisfying(
            RootSpec.Here.class,
            root -> {
              assertThat(root.crlValidity()).isEqualTo(Duration.ofDays(7300));
              assertThat(root.keeping())
                  .isEqualTo(
                      new RootSpec.KeyFiles(
                          folder.resolve("root-keys"), folder.resolve("root.passphrase")));
            });
    assertThat(spec.issuers().getFirst().responderKey()).isEqualTo(KeyAlgorithm.EC_P256);
    assertThat(spec.issuers().getFirst().terms().names().permittedDomains())
        .containsExactly("bank.example");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hsm: hsm.yaml       | hsn: hsm.yaml        | hsn",
        "kept: file          | kept: drawer         | root.kept",
        "folder: root-keys   | hsm: root.yaml       | root",
        "key: rsa-4096       | key: rsa-1024        | root.key",
        "key: ec-p384        | key: ec-p385         | issuers[0].key",
        "validity: 7300d     | validity: 20y        | root.validity",
        "validity: 7300d     | validity: 100d       | issuer issuing",
        "validity: 1825d     | valid: 1825d         | issuers[0].'valid'",
        "path-length: 0      | path-length: -1      | issuers[0].path-length",
        "path-length: 0      | path-length: none    | issuers[0].path-length",
        "path-length: 0      | depth: 0             | issuers[0]",
        "name: issuing       | name: root           | issuer root",
        "name: issuing       | name: Issuing CA     | issuers[0].name",
        "subject: O=Bank, CN=Root | subject: Bank   | root.subject",
        "10.0.0.0/8          | 10.0.0.1/8           | issuers[0]",
        "bank.example        | bank..example        | issuers[0]",
        "dns:                | mail:                | mail",
        "output: authority   | 'output: a\noutput: b' | line",
        "issuers:            | others:              | others",
      })
  void refusesInOneLine(String good, String bad, String where) {
    Path file = new CeremonyTable(folder).file(GOOD.replace(good, bad));

    assertThatExceptionOfType(PkiException.class)
        .isThrownBy(() -> CeremonySpec.load(file))
        .satisfies(
            refused -> {
              assertThat(refused.failure()).isInstanceOf(Failure.Misconfigured.class);
              assertThat(refused.failure().detail())
                  .contains(file.toString(), where)
                  .doesNotContain("\n");
              assertThat(refused.failure().remedy()).isNotEmpty();
            });
  }

  @Test
  void readsTheFilesOfTheDocumentationAndOfTheTrial() throws IOException {
    String page = Files.readString(Path.of("docs/key-ceremony.md"));
    Matcher blocks = Pattern.compile("```yaml\n(hsm:.*?)```", Pattern.DOTALL).matcher(page);
    List<CeremonySpec> specs =
        blocks
            .results()
            .map(block -> CeremonySpec.load(new CeremonyTable(folder).file(block.group(1))))
            .toList();

    assertThat(specs)
        .extracting(CeremonySpec::root)
        .hasAtLeastOneElementOfType(RootSpec.Here.class)
        .hasAtLeastOneElementOfType(RootSpec.Elsewhere.class);
    assertThat(CeremonySpec.load(Path.of("deploy/k8s/overlays/softhsm/ceremony.yaml")).issuers())
        .hasSize(1);
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertThatExceptionOfType(PkiException.class)
        .isThrownBy(() -> CeremonySpec.load(folder.resolve("absent.yaml")))
        .satisfies(
            refused -> assertThat(refused.failure()).isInstanceOf(Failure.Misconfigured.class));
  }

  @Test
  void refusesAnIssuerTwice() {
    String issuer = GOOD.substring(GOOD.indexOf("  - name"));
    Path file = new CeremonyTable(folder).file(GOOD + issuer);

    assertThatExceptionOfType(PkiException.class)
        .isThrownBy(() -> CeremonySpec.load(file))
        .satisfies(refused -> assertThat(refused.failure().detail()).contains("twice"));
  }
}
