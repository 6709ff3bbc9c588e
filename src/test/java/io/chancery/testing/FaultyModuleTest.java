package io.chancery.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.PkiException;
import io.chancery.hsm.HsmConfig;
import io.chancery.hsm.Pkcs11Hsm;
import io.chancery.hsm.SigningKey;
import io.chancery.x509.KeyAlgorithm;
import org.junit.jupiter.api.Test;

/** The library between is one that can be trusted to fail. */
class FaultyModuleTest {
  private static final byte[] MESSAGE = {1, 2, 3};

  @Test
  void itSignsAndCountsAndFailsOnRequest() {
    FaultyModule faulty = FaultyModule.fresh();
    try (Pkcs11Hsm hsm = Pkcs11Hsm.open(HsmConfig.load(faulty.token("shim", "sessions: 1")))) {
      SigningKey key = hsm.generate(KeyAlgorithm.EC_P256, "key");
      long made = faulty.made();
      assertThat(made).as("the proof of the new key").isEqualTo(1);
      key.sign(MESSAGE);
      assertThat(faulty.made()).isEqualTo(made + 1);
      assertThat(key.signatures()).as("each counted as what it is").isEqualTo(made + 1);
      assertThat(faulty.calls("C_Login")).isEqualTo(2);

      faulty.fault("C_Sign return 0x54");
      assertThatThrownBy(() -> key.sign(MESSAGE)).isInstanceOf(PkiException.class);
      faulty.heal();
      key.sign(MESSAGE);
      assertThat(key.signatures()).isEqualTo(made + 2);
      assertThat(faulty.made()).isEqualTo(made + 2);
      assertThat(faulty.loginsRefused()).isZero();
    }
    assertThat(faulty.openSessions()).isZero();
  }
}
