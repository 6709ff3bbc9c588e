package io.chancery.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.testing.FaultyModule;
import io.chancery.testing.TestToken;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.KeyId;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes back under the old name is not believed: not the token, not its keys, not the PIN. */
class WrongTokenTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final byte[] MESSAGE = {1, 2, 3};

  private FaultyModule faulty;
  private Path yaml;
  private Pkcs11Hsm hsm;
  private SigningKey key;

  @BeforeEach
  void open() {
    faulty = FaultyModule.fresh();
    yaml = faulty.token("wrong", "sessions: 1");
    hsm = Pkcs11Hsm.open(HsmConfig.load(yaml));
    key = hsm.generate(KeyAlgorithm.EC_P256, "key");
  }

  @AfterEach
  void close() {
    faulty.heal();
    hsm.close();
  }

  @Test
  void anotherTokenOfTheSameLabelGetsNoPin() {
    long logins = faulty.calls("C_Login");
    faulty.fault("sessions-lost", "token-serial 0123456789abcdef");
    refused("serial number 0123456789abcdef", "is not the one that was here before");
    assertThat(faulty.calls("C_Login")).isEqualTo(logins);
    comesBack();
  }

  @Test
  void aPinThatIsRefusedAfterAReconnectIsOfferedOnceAndEverythingStops() throws Exception {
    long logins = faulty.calls("C_Login");
    TestToken.secret(yaml.resolveSibling("pin"), "4321");
    faulty.fault("sessions-lost");
    refused("the token refused", "restart");
    TestToken.secret(yaml.resolveSibling("pin"), TestToken.PIN);
    await().pollDelay(Duration.ofMillis(1_500)).atMost(LONG).until(() -> true);
    assertThatThrownBy(() -> key.sign(MESSAGE)).hasMessageContaining("refused the PIN before");
    assertThat(faulty.calls("C_Login")).isEqualTo(logins + 1);
    assertThat(faulty.loginsRefused()).isEqualTo(1);
    assertThat(hsm.health().working()).isFalse();
  }

  @Test
  void aLockedPinIsNotTriedAgain() {
    long logins = faulty.calls("C_Login");
    faulty.fault("sessions-lost", "C_Login return 0xa4");
    refused("CKR_PIN_LOCKED");
    await().pollDelay(Duration.ofMillis(1_500)).atMost(LONG).until(() -> true);
    assertThat(faulty.calls("C_Login")).isEqualTo(logins + 1);
  }

  /** CKF_USER_PIN_COUNT_LOW, CKF_USER_PIN_FINAL_TRY, CKF_USER_PIN_LOCKED. */
  @Test
  void aTokenThatWarnsIsNotAskedUntilItNoLongerDoes() {
    long logins = faulty.calls("C_Login");
    for (String flag : new String[] {"0x10000", "0x20000", "0x40000"}) {
      faulty.fault("sessions-lost", "token-flags " + flag);
      refused("this PIN was not tried");
    }
    assertThat(faulty.calls("C_Login")).isEqualTo(logins);
    comesBack();
    assertThat(faulty.calls("C_Login")).isEqualTo(logins + 1);
  }

  @Test
  void aKeyThatIsGoneIsRefusedAndTheOthersSign() {
    SigningKey other = hsm.generate(KeyAlgorithm.EC_P256, "other");
    KeyImport.destroy(hsm.connection(), key.id());
    faulty.fault("sessions-lost");
    refused("is not on the token");
    assertThat(KeyProof.holds(other.publicKey(), MESSAGE, other.sign(MESSAGE))).isTrue();
    assertThat(hsm.health().trouble()).contains(key.id().hex());
  }

  @Test
  void aKeyThatGoesWhileItIsInUseIsLookedForAndThenRefused() {
    key.sign(MESSAGE);
    KeyImport.destroy(hsm.connection(), key.id());
    refused("is not on the token");
    assertThat(hsm.tokens().getFirst().works()).as("it lacks a key and is not away").isTrue();
  }

  @Test
  void anotherPrivateKeyBehindTheIdIsFoundByItsSignature() {
    KeyId id = key.id();
    KeyImport.destroy(hsm.connection(), id);
    KeyImport.fresh().privateHalf(hsm.connection(), id, "key");
    faulty.fault("sessions-lost");
    refused("another private key has the id");

    refusedAtStart(id, "another private key has the id");
  }

  @Test
  void aDecoyOfTheSameIdOrLabelStopsTheTokenInWords() {
    KeyImport.fresh().privateHalf(hsm.connection(), key.id(), "decoy");
    faulty.fault("sessions-lost");
    refused("several signing keys of the token have the CKA_ID");
  }

  @Test
  void aDecoyOfTheSameLabelStopsTheTokenInWords() {
    KeyImport.fresh().onto(hsm.connection(), "key");
    faulty.fault("sessions-lost");
    refused("several signing keys of the token have the label");
  }

  @Test
  void aKeyThatSignsWronglyIsRefusedUntilItSignsRightly() {
    faulty.fault("sessions-lost", "C_Sign corrupt");
    // The one that connects is answered, wrongly; whoever seals holds it against the key.
    refused("it signs wrongly");
    comesBack();
  }

  private void refused(String... words) {
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> key.sign(MESSAGE))
                    .isInstanceOfSatisfying(
                        PkiException.class,
                        away -> {
                          assertThat(away.failure()).isInstanceOf(Failure.Unavailable.class);
                          assertThat(away.failure().detail()).contains(words);
                        }));
    assertThat(hsm.tokens().getFirst().trouble().orElseThrow()).contains(words);
  }

  private void refusedAtStart(KeyId id, String words) {
    try (Pkcs11Hsm again = Pkcs11Hsm.open(HsmConfig.load(yaml))) {
      assertThatThrownBy(() -> again.key(id))
          .isInstanceOfSatisfying(
              PkiException.class,
              refused -> {
                assertThat(refused.failure()).isInstanceOf(Failure.Misconfigured.class);
                assertThat(refused.failure().detail()).contains(words);
              });
    }
  }

  private void comesBack() {
    faulty.fault();
    await()
        .atMost(LONG)
        .ignoreExceptions()
        .until(() -> KeyProof.holds(key.publicKey(), MESSAGE, key.sign(MESSAGE)));
    assertThat(hsm.tokens().getFirst().trouble()).isEmpty();
  }
}
