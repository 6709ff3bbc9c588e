package io.chancery.cli.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.issuance.AuthorityFile;
import io.chancery.testing.TestToken;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the person at the terminal types and reads. */
class CeremonyCommandTest {
  @TempDir Path folder;
  private final StringWriter printed = new StringWriter();

  @Test
  void checkSaysEverythingAndDoesNothing() throws IOException {
    CeremonyTable table = new CeremonyTable(folder);
    Path file = blankTokens(table);
    var before = CeremonyTable.snapshot(folder);
    var tokens = CeremonyTable.snapshot(TestToken.tokens()).size();

    assertThat(run(file.toString(), "--check")).isZero();

    assertThat(printed.toString())
        .contains("to make token", "to make key 'chancery root'", "to make key 'chancery ledger'")
        .contains("wanted  issuer issuing", "Nothing was done.");
    assertThat(CeremonyTable.snapshot(folder)).isEqualTo(before);
    assertThat(CeremonyTable.snapshot(TestToken.tokens())).hasSize(tokens);
  }

  @Test
  void makesABlankTokenAndWritesToAnotherFolder() throws IOException {
    CeremonyTable table = new CeremonyTable(folder);
    Path file = blankTokens(table);
    String out = folder.resolve("elsewhere").toString();

    assertThat(run(file.toString(), "--out", out)).isZero();
    assertThat(printed.toString())
        .contains("made   token", "made   key 'chancery root'", "The ceremony is finished")
        .doesNotContainPattern("\\b" + TestToken.PIN + "\\b");
    AuthorityFile authority = AuthorityFile.load(folder.resolve("elsewhere/authority.yaml"));
    assertThat(authority.issuers()).hasSize(2);
    new OpenSsl(folder.resolve("elsewhere"))
        .run("verify", "-x509_strict", "-CAfile", "root.pem", "issuing.pem", "partners.pem");
    assertThat(table.out).doesNotExist();

    assertThat(run(file.toString(), "--out", out)).isZero();
    assertThat(printed.toString()).contains("finished before; nothing was changed");
    Files.move(folder.resolve("root-keys"), folder.resolve("safe"));
    assertThat(run(file.toString(), "--out", out, "--check")).isZero();
    assertThat(printed.toString()).contains("found   key 'chancery issuer partners', CKA_ID ");
  }

  @Test
  void checkOfAHalfDoneCeremonySaysWhatIsMissing() throws IOException {
    CeremonyTable table = new CeremonyTable(folder);
    Path file = table.ownRoot();
    table.hold(file);
    Files.delete(table.paper("authority.yaml"));
    var before = CeremonyTable.snapshot(table.out);

    table.said.clear();
    table.rehearse(file);

    assertThat(table.said)
        .contains("to make " + table.paper("authority.yaml"))
        .contains("found   " + table.paper("issuing.pem"));
    assertThat(CeremonyTable.snapshot(table.out)).isEqualTo(before);
  }

  @Test
  void helpShowsAnExample() {
    assertThat(run("--help")).isZero();
    assertThat(printed.toString()).contains("--certificate issuing=issuing.pem", "--check");
  }

  @Test
  void wrongCommandLinesAndFilesHaveTheirExitCodes() {
    assertThat(run("--chek", "ceremony.yaml")).isEqualTo(2);
    assertThat(run(folder.resolve("absent.yaml").toString())).isEqualTo(1);
  }

  /** Two descriptions of tokens that are not there yet; the root's key goes into files. */
  private Path blankTokens(CeremonyTable table) throws IOException {
    TestToken.secret(folder.resolve("pin"), TestToken.PIN);
    TestToken.secret(folder.resolve("so-pin"), "87654321");
    TestToken.secret(folder.resolve("passphrase"), "correct horse battery staple");
    TestToken.yaml(folder.resolve("hsm.yaml"), TestToken.label("blank"), "");
    return table.file(
        """
        hsm: hsm.yaml
        so-pin-file: so-pin
        output: authority
        root:
          kept: file
          folder: root-keys
          passphrase-file: passphrase
          subject: O=Example Bank, CN=Example Bank Root CA 2026
          key: rsa-3072
          validity: 7300d
        """
            + CeremonyTable.ISSUING.formatted("    validity: 1825d\n")
            + """
              - name: partners
                subject: O=Example Bank, CN=Example Bank Partner CA 1
                key: rsa-2048
                validity: 1825d
                path-length: 0
            """);
  }

  private int run(String... arguments) {
    return new CommandLine(new CeremonyCommand())
        .setOut(new PrintWriter(printed, true))
        .setErr(new PrintWriter(printed, true))
        .setExecutionExceptionHandler((problem, command, parsed) -> 1)
        .execute(arguments);
  }
}
