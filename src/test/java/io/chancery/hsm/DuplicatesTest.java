package io.chancery.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.hsm.crew.Share;
import io.chancery.testing.TestToken;
import io.chancery.x509.KeyAlgorithm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xipki.pkcs11.wrapper.PKCS11Constants;

/** Two of a name are legal in PKCS#11 and refused here. */
class DuplicatesTest {
  @Test
  void twoKeysOfOneIdAreRefusedAtStart() {
    HsmConfig config = HsmConfig.load(TestToken.fresh(TestToken.label("same-id")));
    try (Pkcs11Hsm hsm = Pkcs11Hsm.open(config)) {
      SigningKey one = hsm.generate(KeyAlgorithm.EC_P256, "one");
      SigningKey two = hsm.generate(KeyAlgorithm.EC_P256, "two");
      change(hsm, two, PKCS11Constants.CKA_ID, one.id().octets());
      assertThatThrownBy(() -> one.sign(new byte[] {1}))
          .hasMessageContaining("2 private keys have the CKA_ID " + one.id());
    }
    refusedWith(config, "CKA_ID");
  }

  @Test
  void twoKeysOfOneLabelAreRefusedAtStart() {
    HsmConfig config = HsmConfig.load(TestToken.fresh(TestToken.label("same-label")));
    try (Pkcs11Hsm hsm = Pkcs11Hsm.open(config)) {
      hsm.generate(KeyAlgorithm.EC_P256, "one");
      SigningKey two = hsm.generate(KeyAlgorithm.EC_P256, "two");
      change(hsm, two, PKCS11Constants.CKA_LABEL, "one".toCharArray());
    }
    refusedWith(config, "the label 'one'");
  }

  @Test
  void twoTokensOfOneLabelAreToldApartBySerialNumber() throws Exception {
    String label = TestToken.label("twin");
    Path yaml = TestToken.fresh(label);
    HsmConfig config = HsmConfig.load(yaml);
    Pkcs11Module module = Pkcs11Module.of(config.modules(), config.environment());
    module.callAlone(
        cryptoki -> {
          Tokens.Found blank =
              Tokens.list(cryptoki).stream()
                  .filter(token -> !token.initialized())
                  .findFirst()
                  .orElseThrow();
          char[] padded = String.format("%-32s", label).toCharArray();
          cryptoki.C_InitToken(blank.slot(), "12345678".toCharArray(), padded, true);
          return blank;
        });
    refusedWith(config, "several tokens have label");

    String serial =
        Tokens.list(config.modules(), config.environment()).stream()
            .filter(token -> token.label().equals(label))
            .filter(token -> token.flagged(PKCS11Constants.CKF_USER_PIN_INITIALIZED))
            .findFirst()
            .orElseThrow()
            .serial();
    Files.writeString(
        yaml,
        Files.readString(yaml).replace("{label: " + label + "}", "{serial: \"" + serial + "\"}"));
    Pkcs11Hsm.open(HsmConfig.load(yaml)).close();
  }

  @Test
  void anInitializedTokenIsNotTouchedAgain() {
    String label = TestToken.label("once");
    Path yaml = TestToken.fresh(label);
    assertThatThrownBy(
            () ->
                Tokens.initialize(
                    List.of(TestToken.library()),
                    TestToken.environment(),
                    label,
                    yaml.resolveSibling("so-pin"),
                    yaml.resolveSibling("pin")))
        .isInstanceOfSatisfying(
            PkiException.class,
            refused -> assertThat(refused.failure()).isInstanceOf(Failure.Conflict.class));
  }

  @Test
  void aTokenThatIsNotThereIsRefusedWithWhatIs() throws Exception {
    String label = TestToken.label("there");
    Path yaml = TestToken.fresh(label);
    Path wrong = TestToken.yaml(yaml.resolveSibling("wrong.yaml"), "not-there", "");
    refusedWith(HsmConfig.load(wrong), "no token has label 'not-there'; there are");
    refusedWith(HsmConfig.load(wrong), label);
  }

  @Test
  void aModuleThatIsNotThereOrIsNoModuleIsRefused() throws Exception {
    Path yaml = TestToken.fresh(TestToken.label("module"));
    String text = Files.readString(yaml);
    String library = TestToken.library().toString();
    Files.writeString(yaml, text.replace(library, "[/none/a.so, /none/b.so]"));
    refusedWith(HsmConfig.load(yaml), "no PKCS#11 library at '/none/a.so, /none/b.so'");
    Files.writeString(yaml, text.replace(library, "pin"));
    refusedWith(HsmConfig.load(yaml), "no PKCS#11 library that can be loaded");
    Files.writeString(yaml, text.replace("SOFTHSM2_CONF", "SOFTHSM2_CONFIG"));
    refusedWith(HsmConfig.load(yaml), "with another environment");
  }

  private static void change(Pkcs11Hsm hsm, SigningKey key, long attribute, Object value) {
    hsm.threads()
        .call(
            Share.RECORDS,
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            seat ->
                seat.once(
                    (cryptoki, session) -> {
                      long handle = KeyReference.of(key.id().octets()).find(cryptoki, session);
                      Attributes changed = Attributes.none().with(attribute, value);
                      cryptoki.C_SetAttributeValue(session, handle, changed.template(), true);
                      return handle;
                    }));
  }

  private static void refusedWith(HsmConfig config, String reason) {
    assertThatThrownBy(() -> Pkcs11Hsm.open(config))
        .isInstanceOfSatisfying(
            PkiException.class,
            refused -> {
              assertThat(refused.failure()).isInstanceOf(Failure.Misconfigured.class);
              assertThat(refused.failure().detail()).contains(reason);
            });
  }
}
