package io.chancery.x509.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chancery.testing.LogLines;
import java.security.GeneralSecurityException;
import java.security.SignatureException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The library comes when it pays, once, and whoever does without it is told why. */
class NativeLibraryTest {
  private final AtomicInteger loads = new AtomicInteger();

  @Test
  void itIsLoadedOnceBesideTheWorkWhenEnoughWasVerified() {
    NativeLibrary library =
        new NativeLibrary(
            () -> {
              loads.incrementAndGet();
              return new Corretto(new Pretender(Pretender::asTheJdk, () -> true));
            });
    for (int i = 1; i < NativeLibrary.ENOUGH; i++) {
      assertThat(library.ifLoaded()).isEmpty();
    }
    assertThat(loads).hasValue(0);
    try (ExecutorService many = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 8 * NativeLibrary.ENOUGH; i++) {
        many.execute(library::ifLoaded);
      }
    }
    await().until(() -> library.ifLoaded().isPresent());
    assertThat(loads).hasValue(1);
  }

  @Test
  void oneThatDoesNotLoadIsTriedOnceAndSaidOnce() {
    try (LogLines log = LogLines.open()) {
      NativeLibrary library =
          new NativeLibrary(
              () -> {
                loads.incrementAndGet();
                throw new UnsatisfiedLinkError("/tmp/a.so: failed to map segment from file");
              });
      Predicate<String> says = line -> line.startsWith("ECDSA signatures are verified by");
      for (int i = 0; i < 10 * NativeLibrary.ENOUGH; i++) {
        assertThat(library.ifLoaded()).isEmpty();
      }
      await().until(() -> log.lines().stream().anyMatch(says));

      assertThat(loads).hasValue(1);
      assertThat(log.lines())
          .filteredOn(says)
          .singleElement()
          .asString()
          .contains("by BouncyCastle", "failed to map segment");
    }
  }

  @Test
  void oneThatVerifiesWronglyIsNotTaken() throws Exception {
    for (boolean always : new boolean[] {true, false}) {
      Corretto wrong = new Corretto(new Pretender(Pretender::asTheJdk, () -> always));
      assertThatThrownBy(wrong::mustVerify).isInstanceOf(SignatureException.class);
    }
    assertThatThrownBy(new Corretto(Pretender.empty())::mustVerify)
        .isInstanceOf(SignatureException.class);
  }

  @Test
  void theSwitchKeepsItAway() {
    assertThatThrownBy(() -> NativeLibrary.unless("off"))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessageContaining(NativeLibrary.SWITCH);
  }
}
