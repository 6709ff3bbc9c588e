package io.chancery.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.testing.TestToken;
import io.chancery.x509.KeyAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Pkcs11SigningTest {
  private static Pkcs11Hsm hsm;

  @BeforeAll
  static void open() {
    hsm = Pkcs11Hsm.open(HsmConfig.load(TestToken.fresh(TestToken.label("signing"))));
  }

  @AfterAll
  static void close() {
    hsm.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ec-p256", "ec-p384", "ec-p521", "rsa-2048", "rsa-3072", "rsa-4096", "ed25519"})
  void whatItSignsHoldsUnderThePublicKey(String algorithm) {
    SigningKey key = hsm.generate(KeyAlgorithm.parse(algorithm), "signs-" + algorithm);
    long before = key.signatures();
    for (String text : List.of("a", "message ".repeat(5_000))) {
      byte[] message = text.getBytes(StandardCharsets.UTF_8);
      assertThat(KeyProof.holds(key.publicKey(), message, key.sign(message))).isTrue();
    }
    assertThat(key.id()).isEqualTo(key.publicKey().keyId());
    assertThat(hsm.key(key.id()).publicKey()).isEqualTo(key.publicKey());
    assertThat(key.signatures()).isEqualTo(before + 2);
  }

  @Test
  void eightThreadsOverFourSessionsAllGetTheirOwnSignature() throws Exception {
    SigningKey key = hsm.generate(KeyAlgorithm.EC_P256, "many-threads");
    long before = key.signatures();
    try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int caller = 0; caller < 8; caller++) {
        String name = "caller " + caller;
        all.add(callers.submit(() -> signs(key, name, 200)));
      }
      for (Future<Boolean> one : all) {
        assertThat(one.get()).isTrue();
      }
    }
    assertThat(key.signatures()).isEqualTo(before + 1_600);
  }

  @Test
  void anotherOpeningFindsTheSameKeys() {
    SigningKey key = hsm.generate(KeyAlgorithm.EC_P256, "seen-twice");
    try (Pkcs11Hsm second =
        Pkcs11Hsm.open(HsmConfig.load(TestToken.fresh(TestToken.label("other"))))) {
      assertThat(second.keys()).isEmpty();
    }
    assertThat(hsm.keys()).extracting(SigningKey::id).contains(key.id());
    assertThat(hsm.health().working()).isTrue();
  }

  private static boolean signs(SigningKey key, String name, int times) {
    boolean all = true;
    for (int i = 0; i < times; i++) {
      byte[] message = (name + " " + i).getBytes(StandardCharsets.UTF_8);
      all &= KeyProof.holds(key.publicKey(), message, key.sign(message));
    }
    return all;
  }
}
