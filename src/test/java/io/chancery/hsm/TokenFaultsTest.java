package io.chancery.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.hsm.crew.Breaker;
import io.chancery.testing.FaultyModule;
import io.chancery.x509.KeyAlgorithm;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each kind of fault of a real library is answered in its kind, and no more is done than it asks.
 */
class TokenFaultsTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final byte[] MESSAGE = {1, 2, 3};

  private static FaultyModule faulty;
  private static Pkcs11Hsm hsm;
  private static SigningKey key;
  private final Counts before = new Counts();

  @BeforeAll
  static void open() {
    faulty = FaultyModule.fresh();
    hsm = Pkcs11Hsm.open(HsmConfig.load(faulty.token("faults", "sessions: 1\ncall-limit: 60")));
    key = hsm.generate(KeyAlgorithm.EC_P256, "key");
    key.sign(MESSAGE);
  }

  @AfterAll
  static void close() {
    hsm.close();
  }

  @AfterEach
  void heal() {
    faulty.heal();
    await().atMost(LONG).ignoreExceptions().until(TokenFaultsTest::signs);
    assertThat(faulty.loginsRefused()).isZero();
    assertThat(faulty.made()).isEqualTo(key.signatures() + faulty.lost());
  }

  /** CKR_FUNCTION_FAILED, CKR_DEVICE_ERROR, CKR_DEVICE_MEMORY, CKR_HOST_MEMORY, vendor's own. */
  @ParameterizedTest
  @ValueSource(strings = {"0x6", "0x30", "0x31", "0x2", "0x80001234"})
  void anErrorThatEndsTheOperationIsTriedOnceInAnotherSession(String ckr) {
    faulty.fault("C_Sign return " + ckr + " 1");
    assertThat(signs()).isTrue();
    assertThat(before.more("C_Sign")).isEqualTo(2);
    assertThat(before.more("C_OpenSession")).isEqualTo(1);
    assertThat(before.more("C_Initialize")).isZero();
  }

  @Test
  void anOperationLeftActiveCostsItsSessionAndNoMore() {
    faulty.fault("C_Sign leave-active 1");
    assertThat(signs()).isTrue();
    assertThat(before.more("C_CloseSession")).isEqualTo(1);
    assertThat(before.more("C_OpenSession")).isEqualTo(1);
    assertThat(before.more("C_Login")).isZero();
  }

  @Test
  void sessionsThatAreGoneAreOpenedAndLoggedInAndTheKeyProvesItself() {
    faulty.fault("sessions-lost");
    long proofs = key.made().get(Purpose.PROOF);
    assertThat(signs()).isTrue();
    assertThat(before.more("C_Login")).isEqualTo(1);
    assertThat(before.more("C_Initialize")).isZero();
    assertThat(key.made().get(Purpose.PROOF)).isEqualTo(proofs + 1);
  }

  @Test
  void aHandleThatIsNotTheKeysAnyMoreIsLookedForInTheSameSession() {
    faulty.fault("C_SignInit return 0x82 1");
    assertThat(signs()).isTrue();
    assertThat(before.more("C_OpenSession")).isZero();
    assertThat(before.more("C_FindObjectsInit")).isEqualTo(1);
  }

  @Test
  void aRequestThatTheTokenWillNeverTakeIsNotTriedAgain() {
    faulty.fault("C_Sign return 0x21 1");
    assertThatThrownBy(TokenFaultsTest::signs).hasMessageContaining("CKR_DATA_LEN_RANGE");
    assertThat(before.more("C_Sign")).isEqualTo(1);
    assertThat(hsm.tokens().getFirst().works()).isTrue();
  }

  @Test
  void aWedgedModuleIsInitializedAgain() {
    faulty.fault("until-initialize 0x30");
    await().atMost(LONG).ignoreExceptions().until(TokenFaultsTest::signs);
    assertThat(before.more("C_Initialize")).isPositive();
    assertThat(before.more("C_Finalize")).isEqualTo(before.more("C_Initialize"));
  }

  @Test
  void whileATokenIsGoneEverybodyIsRefusedAtOnceAndItIsFoundWhenItIsBack() {
    faulty.fault("token-gone");
    assertThatThrownBy(TokenFaultsTest::signs)
        .isInstanceOfSatisfying(
            PkiException.class,
            away -> assertThat(away.failure()).isInstanceOf(Failure.Unavailable.class));
    TokenStanding standing = hsm.tokens().getFirst();
    assertThat(standing.breaker()).isNotEqualTo(Breaker.State.CLOSED);
    assertThat(standing.since()).isPresent();
    assertThat(standing.trouble().orElseThrow()).contains("CKR_");
    assertThat(hsm.health().working()).isFalse();
    long signing = faulty.calls("C_SignInit");
    for (int i = 0; i < 1_000; i++) {
      assertThatThrownBy(TokenFaultsTest::signs).isInstanceOf(PkiException.class);
    }
    // Probes may have looked; none of the thousand has.
    assertThat(faulty.calls("C_SignInit")).isEqualTo(signing);
    long openings = faulty.calls("C_OpenSession");
    assertThat(openings - before.of("C_OpenSession")).isLessThan(500);

    faulty.fault();
    await().atMost(LONG).until(() -> hsm.tokens().getFirst().works());
    assertThat(signs()).isTrue();
    assertThat(hsm.health().working()).isTrue();
    assertThat(hsm.tokens().getFirst().since()).isEmpty();
  }

  @Test
  void aSessionThatTheTokenDoesNotCloseIsClosedLater() {
    long open = faulty.openSessions();
    faulty.fault("C_Sign return 0x30 1", "C_CloseSession return 0x30 1");
    assertThat(signs()).isTrue();
    // The next session that is opened takes the old one along.
    faulty.fault("C_Sign return 0x30 1");
    assertThat(signs()).isTrue();
    assertThat(faulty.openSessions()).isEqualTo(open);
  }

  @Test
  void anErrorOfTheLibraryIsNotAskedAboutForEver() {
    faulty.fault("C_SignInit return 0x30");
    assertThatThrownBy(TokenFaultsTest::signs).hasMessageContaining("CKR_DEVICE_ERROR");
    assertThat(before.more("C_SignInit")).isLessThan(20);
    faulty.fault();
    await().atMost(LONG).ignoreExceptions().until(TokenFaultsTest::signs);
  }

  private static boolean signs() {
    return KeyProof.holds(key.publicKey(), MESSAGE, key.sign(MESSAGE));
  }

  /** How often which function was called since the test began. */
  private static final class Counts {
    private final java.util.Map<String, Long> then = new java.util.HashMap<>();

    Counts() {
      for (String name :
          new String[] {
            "C_Sign",
            "C_SignInit",
            "C_OpenSession",
            "C_CloseSession",
            "C_Login",
            "C_Initialize",
            "C_Finalize",
            "C_FindObjectsInit"
          }) {
        then.put(name, faulty == null ? 0 : faulty.calls(name));
      }
    }

    long of(String name) {
      return then.getOrDefault(name, 0L);
    }

    long more(String name) {
      return faulty.calls(name) - of(name);
    }
  }
}
