package io.chancery.ocsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.issuance.SingleAnswer;
import io.chancery.x509.RevocationReason;
import io.chancery.x509.SerialNumber;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class AnswerShelfTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final Instant END = NOW.plusSeconds(1_000_000);
  private static final SingleAnswer.Status REVOKED =
      new SingleAnswer.Status.Revoked(NOW, RevocationReason.KEY_COMPROMISE);

  private final AnswerForms forms = new AnswerForms();
  private final AnswerShelf shelf = new AnswerShelf(forms);
  private final int form =
      forms.number(new AnswerForms.Key(OcspScene.NAME, ""), () -> OcspScene.standard().form());

  @Test
  void whatIsPutIsFoundAsItWas() {
    SecureRandom random = new SecureRandom();
    Map<SerialNumber, KeptAnswer> put = new HashMap<>();
    for (int i = 0; i < 50_000; i++) {
      SerialNumber serial =
          i < 300 ? new SerialNumber(BigInteger.valueOf(i + 1)) : SerialNumber.random(random);
      KeptAnswer answer = answer(serial, i % 5, i % 2 == 0 ? SingleAnswer.Status.GOOD : REVOKED);
      assertThat(shelf.put(answer)).isTrue();
      put.put(serial, answer);
    }
    assertThat(shelf.size()).isEqualTo(put.size());
    put.forEach(
        (serial, answer) -> {
          KeptAnswer found = find(serial).orElseThrow();
          assertThat(found.octets()).isSameAs(answer.octets());
          assertThat(found.serial()).isEqualTo(serial);
          assertThat(new BigInteger(found.said().serial())).isEqualTo(serial.value());
          assertThat(found.said().serial()).isEqualTo(serial.value().toByteArray());
        });
    for (int i = 0; i < 50_000; i++) {
      assertThat(find(SerialNumber.random(random))).isEmpty();
    }
    assertThat(shelf.find(new byte[21])).isEmpty();
  }

  @Test
  void factsAreReadBack() {
    SerialNumber serial = new SerialNumber(BigInteger.valueOf(300));
    for (RevocationReason reason : RevocationReason.values()) {
      KeptAnswer kept = answer(serial, 7, new SingleAnswer.Status.Revoked(NOW, reason));
      assertThat(kept.status()).isEqualTo(new SingleAnswer.Status.Revoked(NOW, reason));
      assertThat(kept.version()).isEqualTo(7);
      assertThat(kept.thisUpdate()).isEqualTo(NOW.getEpochSecond());
      assertThat(kept.nextUpdate()).isEqualTo(NOW.getEpochSecond() + 3600);
      assertThat(kept.notAfter()).isEqualTo(END.getEpochSecond());
      assertThat(kept.signature()).hasSize(71);
    }
    Instant ever = Instant.parse("9999-12-31T23:59:59Z");
    KeptAnswer endless =
        KeptAnswer.mark(new KeptAnswer.Facts(serial, 0, SingleAnswer.Status.GOOD, ever), form);
    assertThat(endless.notAfter()).isEqualTo(0xffff_ffffL);
  }

  @Test
  void anOlderAnswerNeverComesBack() {
    SerialNumber serial = SerialNumber.random(new SecureRandom());
    assertThat(shelf.put(answer(serial, 0, SingleAnswer.Status.GOOD))).isTrue();
    KeptAnswer mark = KeptAnswer.mark(new KeptAnswer.Facts(serial, 1, REVOKED, END), form);
    assertThat(shelf.put(mark)).isTrue();
    assertThat(find(serial).orElseThrow().holds(NOW.getEpochSecond())).isFalse();
    // The answer of before arrives late, from another replica or the database.
    assertThat(shelf.put(answer(serial, 0, SingleAnswer.Status.GOOD))).isFalse();
    assertThat(find(serial)).contains(mark);
    KeptAnswer signed = answer(serial, 1, REVOKED);
    assertThat(shelf.put(signed)).isTrue();
    assertThat(shelf.put(mark)).isFalse();
    assertThat(shelf.put(signed)).isFalse();
    assertThat(find(serial)).contains(signed);
    assertThat(signed.holds(NOW.getEpochSecond())).isTrue();
    assertThat(signed.holds(NOW.getEpochSecond() + 3600)).isFalse();
  }

  @Test
  void whatHasEndedIsSweptAndTheRestStays() {
    SecureRandom random = new SecureRandom();
    SerialNumber staying = SerialNumber.random(random);
    shelf.put(answer(staying, 0, SingleAnswer.Status.GOOD));
    for (int i = 0; i < 5_000; i++) {
      shelf.put(
          KeptAnswer.mark(
              new KeptAnswer.Facts(SerialNumber.random(random), 1, REVOKED, NOW.minusSeconds(1)),
              form));
    }
    long before = shelf.memory();
    shelf.sweep(NOW.getEpochSecond());
    assertThat(shelf.size()).isEqualTo(1);
    assertThat(shelf.memory()).isLessThan(before / 20);
    assertThat(find(staying)).isPresent();
  }

  @Test
  void aMillionFitsInTwoHundredMegabytes() {
    Random random = new Random(11);
    byte[] serial = new byte[19];
    for (int i = 0; i < 1_000_000; i++) {
      random.nextBytes(serial);
      serial[0] &= 0x7f;
      shelf.put(answer(new SerialNumber(new BigInteger(1, serial)), 0, SingleAnswer.Status.GOOD));
    }
    assertThat(shelf.size()).isGreaterThan(999_000);
    assertThat(shelf.memory()).isLessThan(200L << 20);
  }

  @Test
  void whoReadsWhileItGrowsFindsWhatIsThere() throws Exception {
    SecureRandom random = new SecureRandom();
    SerialNumber known = SerialNumber.random(random);
    shelf.put(answer(known, 0, SingleAnswer.Status.GOOD));
    AtomicBoolean lost = new AtomicBoolean();
    AtomicBoolean grown = new AtomicBoolean();
    Thread reader =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!grown.get()) {
                    if (find(known).isEmpty()) {
                      lost.set(true);
                    }
                  }
                });
    for (int i = 0; i < 100_000; i++) {
      shelf.put(answer(SerialNumber.random(random), 0, SingleAnswer.Status.GOOD));
    }
    grown.set(true);
    reader.join();
    assertThat(lost).isFalse();
  }

  private Optional<KeptAnswer> find(SerialNumber serial) {
    return shelf.find(serial.value().toByteArray());
  }

  private KeptAnswer answer(SerialNumber serial, int version, SingleAnswer.Status status) {
    return KeptAnswer.of(
        new KeptAnswer.Facts(serial, version, status, END),
        new KeptAnswer.Period(NOW, NOW.plusSeconds(3600)),
        form,
        new byte[71]);
  }
}
