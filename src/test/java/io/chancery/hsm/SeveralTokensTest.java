package io.chancery.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chancery.PkiException;
import io.chancery.testing.FaultyModule;
import io.chancery.testing.TestToken;
import io.chancery.x509.KeyAlgorithm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One key on two tokens: the first that works signs, and it is the first again when it is back. */
class SeveralTokensTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final byte[] MESSAGE = {1, 2, 3};

  private final KeyImport imported = KeyImport.fresh();
  private FaultyModule faulty;
  private Path yaml;
  private Pkcs11Hsm hsm;
  private SigningKey key;

  @BeforeEach
  void open() throws Exception {
    faulty = FaultyModule.fresh();
    for (String label : new String[] {"left", "right"}) {
      try (Pkcs11Hsm one = Pkcs11Hsm.open(HsmConfig.load(faulty.token(label, "")))) {
        imported.onto(one.connection(), "shared");
      }
    }
    Path home = Files.createTempDirectory(faulty.home(), "both");
    TestToken.secret(home.resolve("pin"), TestToken.PIN);
    yaml =
        faulty.yaml(
            home.resolve("hsm.yaml"), "sessions: 2\ntokens: [{label: left}, {label: right}]");
    hsm = Pkcs11Hsm.open(HsmConfig.load(yaml));
    key = hsm.key(imported.id());
    // Each proves its key at its own time; what is not meant for that must come later.
    await().atMost(LONG).until(() -> key.made().get(Purpose.PROOF) == 2);
  }

  @AfterEach
  void close() {
    faulty.heal();
    hsm.close();
    assertThat(faulty.loginsRefused()).isZero();
  }

  @Test
  void whenOneIsGoneTheOtherSignsAndItIsTheFirstAgainWhenItIsBack() {
    assertThat(signsOn("left")).isTrue();
    faulty.fault("on left token-gone");
    for (int i = 0; i < 50; i++) {
      assertThat(signs()).as("nobody is refused").isTrue();
    }
    assertThat(hsm.tokens().get(0).works()).isFalse();
    assertThat(hsm.tokens().get(0).since()).isPresent();
    assertThat(hsm.tokens().get(1).works()).isTrue();
    assertThat(hsm.health().working()).isTrue();
    assertThat(hsm.health().trouble()).contains("CKR_");

    faulty.fault();
    await().atMost(LONG).until(() -> hsm.tokens().get(0).works());
    assertThat(signsOn("left")).isTrue();
    assertThat(hsm.health().trouble()).isEmpty();
  }

  @Test
  void oneThatErrsIsPassedOverAndTheModuleIsLeftToTheOther() {
    long initialized = faulty.calls("C_Initialize");
    faulty.fault("on left C_SignInit return 0x30");
    for (int i = 0; i < 50; i++) {
      assertThat(signs()).isTrue();
    }
    assertThat(faulty.calls("C_Initialize")).isEqualTo(initialized);
    assertThat(hsm.tokens().get(1).works()).isTrue();
  }

  @Test
  void whatMayHaveBeenSignedIsNotSignedElsewhereUnasked() {
    faulty.fault("on left C_Sign hang-after 1");
    long made = faulty.made();
    assertThatThrownBy(() -> key.sign(MESSAGE)).isInstanceOf(PkiException.class);
    assertThat(faulty.made()).isEqualTo(made + 1);
    faulty.heal();
    await().atMost(LONG).untilAsserted(() -> assertThat(faulty.made()).isEqualTo(key.signatures()));
  }

  @Test
  void aTokenThatLacksTheKeyOrHasAnotherIsPassedOverForIt() {
    KeyImport.destroy(hsm.connection(), key.id());
    faulty.fault("on left sessions-lost");
    assertThat(signs()).isTrue();
    await()
        .atMost(LONG)
        .until(() -> hsm.tokens().get(0).trouble().orElse("").contains("not on the token"));
    KeyImport.fresh().privateHalf(hsm.connection(), key.id(), "shared");
    await()
        .atMost(LONG)
        .until(() -> hsm.tokens().get(0).trouble().orElse("").contains("signs wrongly"));
    assertThat(signs()).isTrue();
    assertThat(signsOn("right")).isTrue();
  }

  @Test
  void oneOfTwoIsEnoughToBegin() {
    hsm.close();
    faulty.fault("on left token-gone");
    hsm = Pkcs11Hsm.open(HsmConfig.load(yaml));
    key = hsm.key(imported.id());
    assertThat(signs()).isTrue();
    assertThat(hsm.tokens().get(0).works()).isFalse();
    faulty.fault();
    await().atMost(LONG).until(() -> hsm.tokens().get(0).works());
    assertThat(signsOn("left")).isTrue();

    SigningKey made = hsm.generate(KeyAlgorithm.EC_P256, "only-left");
    assertThat(made.sign(MESSAGE)).isNotEmpty();
  }

  private boolean signs() {
    return KeyProof.holds(key.publicKey(), MESSAGE, key.sign(MESSAGE));
  }

  /** Whether this token alone can have made the signature. */
  private boolean signsOn(String label) {
    String other = label.equals("left") ? "right" : "left";
    faulty.fault("on " + other + " C_Sign return 0x30");
    boolean signs = signs();
    boolean aloneWorks = hsm.tokens().get(label.equals("left") ? 0 : 1).works();
    faulty.fault();
    return signs && aloneWorks;
  }
}
