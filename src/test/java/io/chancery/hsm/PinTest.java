package io.chancery.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.testing.TestToken;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xipki.pkcs11.wrapper.PKCS11Constants;

class PinTest {
  @TempDir Path folder;

  @Test
  void aWrongPinIsTriedOnce() throws Exception {
    String label = TestToken.label("wrong-pin");
    Path yaml = TestToken.fresh(label);
    TestToken.secret(yaml.resolveSibling("pin"), "4321");
    HsmConfig config = HsmConfig.load(yaml);
    Misses misses = new Misses(config);

    assertThat(misses.detail()).contains("CKR_PIN_INCORRECT", "pin", "not tried again");
    assertThat(flags(label) & PKCS11Constants.CKF_USER_PIN_COUNT_LOW).isNotZero();
    assertThat(misses.detail()).contains("refused the PIN before");
    // Even the right PIN: only a restart says that somebody looked.
    TestToken.secret(yaml.resolveSibling("pin"), TestToken.PIN);
    assertThat(misses.detail()).contains("refused the PIN before");
  }

  @Test
  void aTokenWithFewTriesLeftIsLeftAlone() throws Exception {
    String label = TestToken.label("few-tries");
    Path yaml = TestToken.fresh(label);
    HsmConfig config = HsmConfig.load(yaml);
    failOneLogin(config);

    assertThat(new Misses(config).detail()).contains("few tries are left", "was not tried");

    Path harmless =
        TestToken.yaml(
            yaml.resolveSibling("harmless.yaml"), label, "quirks: [low-pin-count-is-harmless]");
    Pkcs11Hsm.open(HsmConfig.load(harmless)).close();
    assertThat(flags(label) & PKCS11Constants.CKF_USER_PIN_COUNT_LOW).isZero();
  }

  @Test
  void thePinIsWipedAndNeverShown() throws Exception {
    Secret pin = Secret.read(TestToken.secret(folder.resolve("pin"), "open sesame"));
    char[] held = pin.characters();
    assertThat(held).containsExactly("open sesame".toCharArray());
    assertThat(pin).hasToString("Secret[not shown]");
    pin.close();
    assertThat(held).containsOnly('\0');
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw-rw----", "rw------x"})
  void aPinFileThatOthersMayReadIsRefused(String mode) throws Exception {
    Path pin = TestToken.secret(folder.resolve("pin"), "1234");
    Files.setPosixFilePermissions(pin, PosixFilePermissions.fromString(mode));
    assertThatThrownBy(() -> Secret.read(pin))
        .isInstanceOfSatisfying(
            PkiException.class,
            refused -> assertThat(refused.failure().remedy()).isEqualTo("chmod 600 " + pin));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n\n"})
  void anEmptyPinFileIsRefused(String text) throws Exception {
    Path pin = TestToken.secret(folder.resolve("pin"), text);
    assertThatThrownBy(() -> Secret.read(pin)).hasMessageContaining("is empty");
  }

  @Test
  void aMissingOrHugePinFileIsRefused() throws Exception {
    Path huge = TestToken.secret(folder.resolve("huge"), "1".repeat(2_000));
    assertThatThrownBy(() -> Secret.read(huge)).hasMessageContaining("more than 1024");
    assertThatThrownBy(() -> Secret.read(folder.resolve("none")))
        .hasMessageContaining("no such file");
    assertThatThrownBy(() -> Secret.read(folder)).hasMessageContaining("no such file");
  }

  private static long flags(String label) {
    return Tokens.list(List.of(TestToken.library()), TestToken.environment()).stream()
        .filter(token -> token.label().equals(label))
        .findFirst()
        .orElseThrow()
        .flags();
  }

  /** As somebody else with another program would. */
  private static void failOneLogin(HsmConfig config) throws Exception {
    Pkcs11Module module = Pkcs11Module.of(config.modules(), config.environment());
    module.call(
        cryptoki -> {
          Tokens.Found token = new TokenFinder(config).find(cryptoki);
          long session =
              cryptoki.C_OpenSession(token.slot(), TokenConnection.READ_WRITE, null, null);
          assertThatThrownBy(
              () ->
                  cryptoki.C_Login(session, PKCS11Constants.CKU_USER, "0000".toCharArray(), true));
          cryptoki.C_CloseSession(session);
          return token;
        });
  }

  /** Opens the token, which must be refused as a mistake of the operator. */
  private record Misses(HsmConfig config) {
    String detail() {
      try (Pkcs11Hsm opened = Pkcs11Hsm.open(config)) {
        throw new AssertionError("opened " + opened);
      } catch (PkiException refused) {
        assertThat(refused.failure()).isInstanceOf(Failure.Misconfigured.class);
        return refused.failure().detail();
      }
    }
  }
}
