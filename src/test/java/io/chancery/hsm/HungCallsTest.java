package io.chancery.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.testing.FaultyModule;
import io.chancery.x509.KeyAlgorithm;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A thread that does not come back out of the library is given up, and never joined. */
class HungCallsTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final byte[] MESSAGE = {1, 2, 3};
  private static final int SESSIONS = 2;
  private static final int MOST_HUNG = 4;

  private FaultyModule faulty;
  private Pkcs11Hsm hsm;
  private SigningKey key;

  @BeforeEach
  void open() {
    faulty = FaultyModule.fresh();
    hsm =
        Pkcs11Hsm.open(
            HsmConfig.load(faulty.token("hung", "sessions: " + SESSIONS + "\ncall-limit: 1"))
                .withPatience(Duration.ofMillis(300)));
    key = hsm.generate(KeyAlgorithm.EC_P256, "key");
  }

  @AfterEach
  void close() {
    faulty.heal();
    await().atMost(LONG).until(() -> faulty.hanging() == 0);
    hsm.close();
    assertThat(faulty.loginsRefused()).isZero();
  }

  @Test
  void oneThatHangsIsReplacedAndItsLateSignatureIsCountedAndThrownAway() {
    faulty.fault("C_Sign hang-after 1");
    assertThatThrownBy(() -> key.sign(MESSAGE))
        .isInstanceOfSatisfying(
            PkiException.class,
            late -> assertThat(late.failure()).isInstanceOf(Failure.Unavailable.class));
    assertThat(signs()).as("the other session signs meanwhile").isTrue();
    await().atMost(LONG).until(() -> hsm.tokens().getFirst().hung() == 1);
    assertThat(hsm.tokens().getFirst().works()).isTrue();
    assertThat(hsm.tokens().getFirst().trouble().orElseThrow()).contains("hangs");
    assertThat(hsm.connection().module().stuck()).isEqualTo(1);

    // Finalizing a library with a thread inside kills the process: it is not done.
    long finalized = faulty.calls("C_Finalize");
    faulty.fault("C_SignInit return 0x30 9");
    assertThatThrownBy(() -> key.sign(MESSAGE)).isInstanceOf(PkiException.class);
    assertThat(faulty.calls("C_Finalize")).isEqualTo(finalized);

    long counted = key.signatures();
    faulty.heal();
    await().atMost(LONG).until(() -> hsm.tokens().getFirst().hung() == 0);
    await().atMost(LONG).until(() -> key.signatures() > counted);
    await().atMost(LONG).ignoreExceptions().until(this::signs);
    assertAccounted();
    await().atMost(LONG).until(() -> faulty.openSessions() <= SESSIONS + 1);
  }

  @Test
  void whenAllHangNobodyWaitsAndNoMoreThanSoManyThreadsAreSpent() {
    faulty.fault("C_Sign hang", "C_SignInit hang", "C_GetSessionInfo hang");
    for (int i = 0; i < SESSIONS; i++) {
      Thread.startVirtualThread(
          () -> assertThatThrownBy(() -> key.sign(MESSAGE)).isInstanceOf(PkiException.class));
    }
    await().atMost(LONG).until(() -> !hsm.tokens().getFirst().works());
    await().atMost(LONG).until(() -> hsm.tokens().getFirst().worn());
    HsmReadiness readiness = new HsmReadiness();
    readiness.hsm = hsm;
    assertThat(readiness.call().getStatus().name()).isEqualTo("DOWN");
    assertThatThrownBy(() -> key.sign(MESSAGE)).isInstanceOf(PkiException.class);
    assertThat(hsm.tokens().getFirst().hung()).isBetween(MOST_HUNG, MOST_HUNG + SESSIONS);
    assertThat(faulty.hanging()).isLessThanOrEqualTo(MOST_HUNG + SESSIONS);

    faulty.heal();
    await().atMost(LONG).until(() -> hsm.tokens().getFirst().hung() == 0);
    await().atMost(LONG).ignoreExceptions().until(this::signs);
    assertThat(readiness.call().getStatus().name()).isEqualTo("UP");
    await().atMost(LONG).untilAsserted(this::assertAccounted);
  }

  @Test
  void callsThatNeverComeBackDoNotKeepTheTokenAway() {
    faulty.fault("C_Sign hang " + SESSIONS);
    for (int i = 0; i < SESSIONS; i++) {
      Thread.startVirtualThread(
          () -> assertThatThrownBy(() -> key.sign(MESSAGE)).isInstanceOf(PkiException.class));
    }
    await().atMost(LONG).until(() -> hsm.tokens().getFirst().hung() == SESSIONS);
    await().atMost(LONG).ignoreExceptions().until(this::signs);
    assertThat(faulty.hanging()).as("they still do").isEqualTo(SESSIONS);
  }

  @Test
  void whileALoginHangsNoSecondOneIsTried() {
    long logins = faulty.calls("C_Login");
    faulty.fault("sessions-lost", "C_Login hang");
    assertThatThrownBy(() -> key.sign(MESSAGE)).isInstanceOf(PkiException.class);
    await().atMost(LONG).until(() -> hsm.tokens().getFirst().hung() >= 1);
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> key.sign(MESSAGE)).hasMessageContaining("no second one"));
    assertThat(faulty.calls("C_Login")).isEqualTo(logins + 1);
    faulty.heal();
    await().atMost(LONG).ignoreExceptions().until(this::signs);
  }

  private void assertAccounted() {
    assertThat(faulty.made()).isEqualTo(key.signatures() + faulty.lost());
  }

  private boolean signs() {
    return KeyProof.holds(key.publicKey(), MESSAGE, key.sign(MESSAGE));
  }
}
