package io.chancery.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.testing.TestToken;
import io.chancery.x509.KeyAlgorithm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything that can happen to a session and a token while the service runs. */
class TokenLostAndFoundTest {
  private static final byte[] MESSAGE = {1, 2, 3};

  private Pkcs11Hsm hsm;
  private SigningKey key;

  @BeforeEach
  void open() {
    hsm = Pkcs11Hsm.open(HsmConfig.load(TestToken.fresh(TestToken.label("lost"))));
    key = hsm.generate(KeyAlgorithm.EC_P256, "key");
  }

  @AfterEach
  void close() {
    hsm.close();
  }

  @Test
  void sessionsClosedUnderItsFeetAreOpenedAgain() throws Exception {
    TokenConnection connection = hsm.connection();
    connection
        .module()
        .call(
            cryptoki -> {
              cryptoki.C_CloseAllSessions(connection.token(cryptoki).slot());
              return key;
            });
    assertSigns();
    assertThat(connection.login().attempts()).isEqualTo(2);
  }

  @Test
  void aModuleInitializedAgainIsUsedAgain() throws Exception {
    Pkcs11Module module = hsm.connection().module();
    for (int i = 0; i < 3; i++) {
      module.restart(module.epoch());
      assertSigns();
    }
  }

  @Test
  void aFinalizedModuleIsInitializedAgain() throws Exception {
    hsm.connection()
        .module()
        .callAlone(
            cryptoki -> {
              cryptoki.C_Finalize(null);
              return key;
            });
    assertSigns();
  }

  @Test
  void aTokenThatWentAwayIsUnavailableAndSignsWhenItIsBack() throws Exception {
    Path here = TestToken.tokens();
    Path away = here.resolveSibling("away");
    Files.move(here, away);
    try {
      assertThatThrownBy(() -> key.sign(MESSAGE))
          .isInstanceOfSatisfying(
              PkiException.class,
              refused -> {
                assertThat(refused.failure()).isInstanceOf(Failure.Unavailable.class);
                assertThat(refused.failure().detail()).contains("CKR_");
              });
      assertThat(hsm.health().working()).isFalse();
      assertThat(hsm.health().trouble()).contains("CKR_");
    } finally {
      Files.move(away, here);
    }
    await()
        .atMost(Duration.ofSeconds(3))
        .ignoreExceptions()
        .until(() -> KeyProof.holds(key.publicKey(), MESSAGE, key.sign(MESSAGE)));
    assertThat(hsm.health().working()).isTrue();
  }

  private void assertSigns() {
    assertThat(KeyProof.holds(key.publicKey(), MESSAGE, key.sign(MESSAGE))).isTrue();
  }
}
