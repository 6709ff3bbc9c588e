package io.chancery.cli.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.issuance.SingleAnswer;
import io.chancery.ocsp.AnswerForms;
import io.chancery.ocsp.AnswerShelf;
import io.chancery.ocsp.KeptAnswer;
import io.chancery.x509.SerialNumber;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node has heard is there after a crash at any octet. */
class AnswerLogTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

  @TempDir Path folder;

  @Test
  void aFileThatIsTornAnywhereGivesWhatIsWhole() throws IOException {
    Path file = folder.resolve("answers");
    try (AnswerLog log = AnswerLog.write(file, new AnswerShelf(new AnswerForms()))) {
      assertThat(log.octets()).isPositive();
    }
    byte[] empty = Files.readAllBytes(file);
    byte[] answer = answer(7, 3).octets();
    byte[] one = new byte[empty.length + 5 + "issuing".length() + 2 + 3 + answer.length];
    System.arraycopy(empty, 0, one, 0, empty.length);
    int at = empty.length;
    byte[] form = {'F', 0, 3, 0, 7, 'i', 's', 's', 'u', 'i', 'n', 'g', 0, 0};
    System.arraycopy(form, 0, one, at, form.length);
    at += form.length;
    one[at] = 'A';
    one[at + 2] = (byte) answer.length;
    System.arraycopy(answer, 0, one, at + 3, answer.length);
    for (int length = empty.length; length < one.length; length++) {
      Files.write(file, Arrays.copyOf(one, length));
      assertThat(read(file)).as("torn at %s", length).isEmpty();
    }
    Files.write(file, one);
    assertThat(read(file)).hasSize(1);
    assertThat(read(file).getFirst().serial().value()).isEqualTo(BigInteger.valueOf(7));
    assertThat(read(file).getFirst().form()).isEqualTo(5);
  }

  @Test
  void anotherFileIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("answers"), "\0\5hello and more");
    assertThatThrownBy(() -> read(file)).isInstanceOf(IOException.class);
  }

  @Test
  void answersOfAnUnknownIssuerAreLeftOut() throws IOException {
    AnswerShelf shelf = new AnswerShelf(new AnswerForms());
    assertThat(AnswerLog.read(folder.resolve("nothing"), shelf, key -> Optional.empty())).isEmpty();
  }

  private static List<KeptAnswer> read(Path file) throws IOException {
    return AnswerLog.read(file, new AnswerShelf(new AnswerForms()), key -> Optional.of(5));
  }

  private static KeptAnswer answer(long serial, int form) {
    return KeptAnswer.of(
        new KeptAnswer.Facts(
            new SerialNumber(BigInteger.valueOf(serial)),
            0,
            SingleAnswer.Status.GOOD,
            NOW.plusSeconds(86_400)),
        new KeptAnswer.Period(NOW, NOW.plusSeconds(3600)),
        form,
        new byte[] {1, 2, 3});
  }
}
