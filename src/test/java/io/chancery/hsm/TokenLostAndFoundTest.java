package io.chancery.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import iaik.pkcs.pkcs11.wrapper.CK_MECHANISM;
import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.hsm.crew.Share;
import io.chancery.hsm.mechanism.SigningMechanism;
import io.chancery.testing.TestToken;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.SignatureAlgorithm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything that can happen to a session and a token while the service runs. */
class TokenLostAndFoundTest {
  private static final byte[] MESSAGE = {1, 2, 3};

  private Path yaml;
  private Pkcs11Hsm hsm;
  private SigningKey key;

  @BeforeEach
  void open() {
    yaml = TestToken.fresh(TestToken.label("lost"));
    hsm = Pkcs11Hsm.open(HsmConfig.load(yaml));
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
        .callAlone(
            cryptoki -> {
              cryptoki.C_CloseAllSessions(connection.token(cryptoki).slot());
              return key;
            });
    assertSigns();
    assertThat(connection.login().attempts()).isEqualTo(2);
  }

  @Test
  void aSessionWithAnOperationLeftActiveIsNotUsedAgain() throws Exception {
    String label = TestToken.label("active");
    Path yaml = TestToken.fresh(label);
    TestToken.yaml(yaml, label, "sessions: 1");
    try (Pkcs11Hsm single = Pkcs11Hsm.open(HsmConfig.load(yaml))) {
      SigningKey made = single.generate(KeyAlgorithm.EC_P256, "key");
      KeyReference reference = KeyReference.of(made.id().octets());
      CK_MECHANISM mechanism =
          new SigningMechanism.Ecdsa(SignatureAlgorithm.ECDSA_SHA256, 32).mechanism();
      single
          .threads()
          .call(
              Share.RECORDS,
              Duration.ofSeconds(10),
              Duration.ofSeconds(10),
              seat ->
                  seat.once(
                      (cryptoki, session) -> {
                        long handle = reference.find(cryptoki, session);
                        cryptoki.C_SignInit(session, mechanism, handle, true);
                        return handle;
                      }));
      assertThat(KeyProof.holds(made.publicKey(), MESSAGE, made.sign(MESSAGE))).isTrue();
      assertThat(single.connection().login().attempts()).isEqualTo(1);
    }
  }

  @Test
  void aPinFileThatIsGoneIsAbsenceAndNotACrash() throws Exception {
    Path pin = HsmConfig.load(yaml).pinFile();
    Files.delete(pin);
    hsm.connection().module().restart(hsm.connection().module().epoch());
    assertThatThrownBy(() -> key.sign(MESSAGE))
        .isInstanceOfSatisfying(
            PkiException.class,
            refused -> {
              assertThat(refused.failure()).isInstanceOf(Failure.Unavailable.class);
              assertThat(refused.failure().detail()).contains(pin.toString());
            });
    TestToken.secret(pin, TestToken.PIN);
    awaitSigns();
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
    awaitSigns();
    assertThat(hsm.health().working()).isTrue();
  }

  @Test
  void restartsAndLostSessionsUnderLoadLoseNoSignature() throws Exception {
    TokenConnection connection = hsm.connection();
    Pkcs11Module module = connection.module();
    CountDownLatch over = new CountDownLatch(1);
    try (ExecutorService callers = Executors.newFixedThreadPool(4);
        AutoCloseable atTheEnd = over::countDown) { // also after a failure, or close waits for ever
      List<Future<Integer>> signing = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        signing.add(callers.submit(() -> signsUntil(over)));
      }
      for (int i = 0; i < 10; i++) {
        long made = key.signatures();
        await().atMost(Duration.ofSeconds(10)).until(() -> key.signatures() > made + 20);
        module.restart(module.epoch());
        long again = key.signatures();
        await().atMost(Duration.ofSeconds(10)).until(() -> key.signatures() > again + 20);
        // Alone: closing a session under a signature is a use after free in SoftHSM.
        module.callAlone(
            cryptoki -> {
              cryptoki.C_CloseAllSessions(connection.token(cryptoki).slot());
              return key;
            });
      }
      over.countDown();
      for (Future<Integer> one : signing) {
        assertThat(one.get()).isPositive();
      }
    }
  }

  @Test
  void keysAreMadeWhileOthersSign() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (ExecutorService callers = Executors.newFixedThreadPool(3);
        AutoCloseable atTheEnd = over::countDown) { // also after a failure, or close waits for ever
      List<Future<Integer>> signing = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        signing.add(callers.submit(() -> signsUntil(over)));
      }
      for (int i = 0; i < 8; i++) {
        SigningKey made = hsm.generate(KeyAlgorithm.EC_P384, "made-" + i);
        assertThat(KeyProof.holds(made.publicKey(), MESSAGE, made.sign(MESSAGE))).isTrue();
      }
      over.countDown();
      for (Future<Integer> one : signing) {
        assertThat(one.get()).isPositive();
      }
    }
  }

  /** Signs until it is over; every signature must come, and hold. */
  private int signsUntil(CountDownLatch over) {
    int made = 0;
    while (over.getCount() > 0) {
      assertSigns();
      made++;
    }
    return made;
  }

  private void awaitSigns() {
    await()
        .atMost(Duration.ofSeconds(10))
        .ignoreExceptions()
        .until(() -> KeyProof.holds(key.publicKey(), MESSAGE, key.sign(MESSAGE)));
  }

  private void assertSigns() {
    assertThat(KeyProof.holds(key.publicKey(), MESSAGE, key.sign(MESSAGE))).isTrue();
  }
}
