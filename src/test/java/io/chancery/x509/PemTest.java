package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.chancery.Failure;
import io.chancery.testing.Refusals;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks are found by their label; where one is wanted, one is found. */
class PemTest {
  private static final Der ONE = Der.of(new byte[] {1, 2, 3});
  private static final Der TWO = Der.of(new byte[100]);
  private static final String KEY =
      "-----BEGIN PRIVATE KEY-----\nAQID\n-----END PRIVATE KEY-----\n";

  @Test
  void aBlockIsWrittenAsTheStandardShowsIt() {
    String text = Pem.encode(Pem.CERTIFICATE, TWO);

    assertThat(text)
        .startsWith("-----BEGIN CERTIFICATE-----\n")
        .endsWith("\n-----END CERTIFICATE-----\n");
    assertThat(text.lines().skip(1).findFirst().orElseThrow()).hasSize(64);
    assertThat(Pem.decode(Pem.CERTIFICATE, text)).containsExactly(TWO);
  }

  @Test
  void blocksAreReadInOrderAndOthersSkipped() {
    String text =
        "Bag Attributes\n"
            + Pem.encode(Pem.CERTIFICATE, ONE)
            + KEY
            + "subject=CN = a\r\n"
            + Pem.encode(Pem.CERTIFICATE, TWO).replace("\n", "\r\n");

    assertThat(Pem.decode(Pem.CERTIFICATE, text)).containsExactly(ONE, TWO);
    assertThat(Pem.decode(Pem.CRL, text)).isEmpty();
    assertThat(Refusals.malformed(() -> Pem.decodeOne(Pem.CERTIFICATE, text)).reason())
        .contains("2 blocks of CERTIFICATE");
    assertThat(Pem.decodeOne("PRIVATE KEY", text)).isEqualTo(ONE);
  }

  @Test
  void theOnlyBlockIsRead() {
    String text = "To: ca@bank.test\n\n" + Pem.encode(Pem.NEW_REQUEST, ONE) + "\nRegards";

    assertThat(Pem.decodeOnly(text, Pem.REQUEST, Pem.NEW_REQUEST)).isEqualTo(ONE);
  }

  @Test
  void aSecondBlockIsRefusedWhateverItIs() {
    String one = Pem.encode(Pem.REQUEST, ONE);
    for (String other :
        new String[] {
          one,
          Pem.encode(Pem.CERTIFICATE, TWO),
          "-----BEGIN CERTIFICATE REQUEST-----\n",
          "-----END CERTIFICATE REQUEST-----\n"
        }) {
      Refusals.malformed(() -> Pem.decodeOnly(one + other, Pem.REQUEST));
      Refusals.malformed(() -> Pem.decodeOnly(other + one, Pem.REQUEST));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"})
  void aPrivateKeyThatComesAlongIsRefusedInWords(String label) {
    String text = KEY.replace("PRIVATE KEY", label) + Pem.encode(Pem.REQUEST, ONE);

    assertThat(Refusals.malformed(() -> Pem.decodeOnly(text, Pem.REQUEST)).reason())
        .contains("private key")
        .contains("make a new one");
  }

  @ParameterizedTest
  @CsvSource({
    "'', no whole block",
    "'-----BEGIN CERTIFICATE REQUEST-----\nAQID\n', no whole block",
    "'-----BEGIN CERTIFICATE REQUEST-----\nAQID\n-----END CERTIFICATE-----\n', no whole block",
    "'-----BEGIN CERTIFICATE-----\nAQID\n-----END CERTIFICATE-----\n', no whole block",
    "'-----BEGIN CERTIFICATE REQUEST-----\nA*ID\n-----END CERTIFICATE REQUEST-----\n', base64",
    // Its lower octet is an A.
    "'-----BEGIN CERTIFICATE REQUEST-----\n\u0141QID\n-----END CERTIFICATE REQUEST-----\n', base64",
    "'-----BEGIN CERTIFICATE REQUEST-----\nAQI=D\n-----END CERTIFICATE REQUEST-----\n', base64",
    "'-----BEGIN CERTIFICATE REQUEST-----\nA: b\n\nAQID\n-----END CERTIFICATE REQUEST-----', base64",
  })
  void brokenBlocksAreRefused(String text, String reason) {
    Failure.Malformed refusal = Refusals.malformed(() -> Pem.decodeOnly(text, Pem.REQUEST));

    assertThat(refusal.what()).isEqualTo("PEM");
    assertThat(refusal.reason()).contains(reason);
  }

  @Test
  void manyBeginningsTakeNoTime() {
    String text = "-----BEGIN CERTIFICATE-----\n".repeat(100_000);

    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          assertThat(Pem.decode(Pem.CERTIFICATE, text)).isEmpty();
          Refusals.malformed(() -> Pem.decodeOnly(text, Pem.CERTIFICATE));
        });
  }
}
