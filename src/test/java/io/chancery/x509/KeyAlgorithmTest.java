package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.testing.Refusals;
import io.chancery.x509.KeyAlgorithm.Family;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Key algorithms by name, and no impossible ones. */
class KeyAlgorithmTest {
  @ParameterizedTest
  @ValueSource(strings = {"ec-p256", "ec-p384", "ec-p521", "ed25519", "rsa-2048", "rsa-8192"})
  void namesAreReadAndWritten(String name) {
    assertThat(KeyAlgorithm.parse(name)).hasToString(name);
    assertThat(KeyAlgorithm.parse(name.toUpperCase(java.util.Locale.ROOT))).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rsa",
        "rsa-1024",
        "rsa-2047",
        "rsa-8193",
        "rsa-16384",
        "ec-p192",
        "ml-dsa-65",
        "rsa-2048\n"
      })
  void othersAreRefused(String name) {
    assertThat(Refusals.malformed(() -> KeyAlgorithm.parse(name)).what())
        .isEqualTo("key algorithm");
  }

  @Test
  void familiesHaveTheirSizes() {
    Refusals.malformed(() -> new KeyAlgorithm(Family.EC, 192));
    Refusals.malformed(() -> new KeyAlgorithm(Family.RSA, 1024));
    Refusals.malformed(() -> new KeyAlgorithm(Family.ED25519, 256));
    assertThat(KeyAlgorithm.rsa(3072)).isEqualTo(new KeyAlgorithm(Family.RSA, 3072));
  }
}
