package io.chancery.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.hsm.SigningKey;
import io.chancery.x509.KeyAlgorithm;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class FakeHsmTest {
  private static final byte[] MESSAGE = {1, 2, 3};

  private final FakeHsm hsm = new FakeHsm();
  private final SigningKey key = hsm.generate(KeyAlgorithm.ED25519, "key");

  @Test
  void itFailsAsOftenAsItIsTold() {
    Failure busy = new Failure.Busy("HSM", Duration.ofSeconds(1));
    hsm.failNext(busy);
    assertFailsWith(busy);
    assertThat(key.sign(MESSAGE)).hasSize(64);
    assertThat(hsm.signatures()).isEqualTo(1);
    assertThat(key.signatures()).isEqualTo(1);
  }

  @Test
  void itIsAwayUntilItIsBack() {
    hsm.unavailable();
    assertThat(hsm.health().working()).isFalse();
    assertThatThrownBy(() -> key.sign(MESSAGE)).hasMessageContaining("CKR_DEVICE_ERROR");
    assertThatThrownBy(() -> key.sign(MESSAGE)).hasMessageContaining("CKR_DEVICE_ERROR");
    hsm.available();
    assertThat(key.sign(MESSAGE)).hasSize(64);
    assertThat(hsm.health().working()).isTrue();
  }

  @Test
  void itHangsUntilItIsReleased() {
    CountDownLatch release = new CountDownLatch(1);
    hsm.hangNext(release);
    CompletableFuture<byte[]> signature = CompletableFuture.supplyAsync(() -> key.sign(MESSAGE));
    assertThat(hsm.signatures()).isZero();
    release.countDown();
    assertThat(signature.join()).hasSize(64);
  }

  private void assertFailsWith(Failure failure) {
    assertThatThrownBy(() -> key.sign(MESSAGE))
        .isInstanceOfSatisfying(
            PkiException.class, refused -> assertThat(refused.failure()).isEqualTo(failure));
  }
}
