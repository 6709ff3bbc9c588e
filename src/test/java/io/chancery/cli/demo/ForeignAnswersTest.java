package io.chancery.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.PkiException;
import io.chancery.x509.SerialNumber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What openssl, curl and the API say, as the demo reads it. */
class ForeignAnswersTest {
  private static final String CRL =
      """
      Revoked Certificates:
          Serial Number: 0A11
              Revocation Date: Nov 22 12:56:18 2026 GMT
              CRL entry extensions:
                  X509v3 CRL Reason Code:
                      Key Compromise
          Serial Number: 0A12
              Revocation Date: Nov 22 12:57:18 2026 GMT
          Signature Algorithm: ecdsa-with-SHA256
      """;

  @Test
  void oneEntryOfACrlIsFound() {
    assertThat(CrlText.entry(CRL, "0a11")).hasSize(5).last().asString().contains("Key Compromise");
    assertThat(CrlText.entry(CRL, "0a12")).hasSize(2);
    assertThat(CrlText.entry(CRL, "0a1")).isEmpty();
  }

  /** One serial of sixteen begins with a zero. */
  @Test
  void aSerialIsSpelledAsTheServiceDoes() {
    assertThat(Certificates.serial(" 0A11\n")).isEqualTo(SerialNumber.parse("a11").hex());
  }

  @Test
  void aReplyWithAnotherStatusTellsTheProblemAndItsRemedy() {
    Reply refused =
        new Reply(422, "{\"detail\":\"name x is not yours\",\"remedy\":\"ask for another\"}");
    assertThatThrownBy(() -> refused.mustBe(201))
        .isInstanceOfSatisfying(
            PkiException.class,
            problem -> {
              assertThat(problem.failure().detail()).contains("422", "201", "name x is not yours");
              assertThat(problem.failure().remedy()).isEqualTo("ask for another");
            });
  }

  @Test
  void aReplyThatIsNoJsonIsNoBug() {
    assertThatThrownBy(() -> new Reply(200, "<html>").word("serial"))
        .isInstanceOf(PkiException.class);
  }

  @Test
  void programsAreLookedForAlongThePath(@TempDir Path folder) throws IOException {
    Path tool = Files.createFile(folder.resolve("tool"));
    String path = "/nowhere::" + folder;
    assertThat(Tools.program("tool", path)).isEmpty();
    assertThat(tool.toFile().setExecutable(true)).isTrue();
    assertThat(Tools.program("tool", path)).contains(tool);
  }

  @Test
  void aMissingToolIsOneLineThatNamesThePackage() {
    assertThatThrownBy(() -> Tools.find("/nowhere"))
        .isInstanceOfSatisfying(
            PkiException.class,
            problem ->
                assertThat(problem.failure().detail())
                    .isEqualTo(
                        "openssl is not installed, and the demo needs it: install the package"
                            + " openssl"));
  }
}
