package io.chancery.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import iaik.pkcs.pkcs11.wrapper.CK_ATTRIBUTE;
import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.hsm.crew.Share;
import io.chancery.hsm.mechanism.SigningMechanism;
import io.chancery.testing.TestToken;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.SignatureAlgorithm;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xipki.pkcs11.wrapper.PKCS11Constants;

class KeyGenerationTest {
  private static final Duration TIME = Duration.ofSeconds(10);

  private static final byte[] MESSAGE = {1, 2, 3};

  private String label;
  private Path yaml;
  private Pkcs11Hsm hsm;

  @BeforeEach
  void open() {
    label = TestToken.label("generation");
    yaml = TestToken.fresh(label);
    hsm = Pkcs11Hsm.open(HsmConfig.load(yaml));
  }

  @AfterEach
  void close() {
    hsm.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ec-p256", "rsa-2048", "ed25519"})
  void aNewKeySignsAndNothingElse(String algorithm) {
    SigningKey key = hsm.generate(KeyAlgorithm.parse(algorithm), "new");

    assertThat(flag(key, PKCS11Constants.CKA_SENSITIVE)).isTrue();
    assertThat(flag(key, PKCS11Constants.CKA_ALWAYS_SENSITIVE)).isTrue();
    assertThat(flag(key, PKCS11Constants.CKA_EXTRACTABLE)).isFalse();
    assertThat(flag(key, PKCS11Constants.CKA_NEVER_EXTRACTABLE)).isTrue();
    assertThat(flag(key, PKCS11Constants.CKA_LOCAL)).isTrue();
    assertThat(flag(key, PKCS11Constants.CKA_TOKEN)).isTrue();
    assertThat(flag(key, PKCS11Constants.CKA_PRIVATE)).isTrue();
    assertThat(flag(key, PKCS11Constants.CKA_SIGN)).isTrue();
    for (long use : KeyTemplates.OTHER_USES) {
      assertThat(flag(key, use)).isFalse();
    }
  }

  @Test
  void itsPrivateValueCannotBeReadNorTheKeyMadeReadable() {
    SigningKey key = hsm.generate(KeyAlgorithm.EC_P256, "new");
    CK_ATTRIBUTE value = new CK_ATTRIBUTE();
    value.type = PKCS11Constants.CKA_VALUE;
    Seat.Work<String> reading =
        (cryptoki, session) -> {
          long handle = KeyReference.of(key.id().octets()).find(cryptoki, session);
          cryptoki.C_GetAttributeValue(session, handle, new CK_ATTRIBUTE[] {value}, true);
          return "read";
        };
    assertThatThrownBy(() -> once(reading)).hasMessageContaining("CKR_ATTRIBUTE_SENSITIVE");

    Seat.Work<String> loosening =
        (cryptoki, session) -> {
          long handle = KeyReference.of(key.id().octets()).find(cryptoki, session);
          Attributes loose = Attributes.none().with(PKCS11Constants.CKA_EXTRACTABLE, true);
          cryptoki.C_SetAttributeValue(session, handle, loose.template(), true);
          return "loosened";
        };
    assertThatThrownBy(() -> once(loosening)).hasMessageContaining("CKR_ATTRIBUTE_READ_ONLY");
  }

  @Test
  void aLabelIsUsedOnce() {
    hsm.generate(KeyAlgorithm.EC_P256, "root");
    assertThatThrownBy(() -> hsm.generate(KeyAlgorithm.EC_P384, "root"))
        .isInstanceOfSatisfying(
            PkiException.class,
            refused -> assertThat(refused.failure()).isInstanceOf(Failure.Conflict.class));
    assertThat(hsm.keys()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\nb", "\u202eroot"})
  void aLabelIsPrintable(String text) {
    assertThatThrownBy(() -> hsm.generate(KeyAlgorithm.EC_P256, text))
        .hasMessageContaining("printable ASCII");
  }

  @Test
  void aKeyThatIsNotAsAskedForIsDestroyed() {
    // The proof asks for a P-384 signature of a P-256 key: as a token would that makes something
    // else than it was asked for.
    HsmConfig config = HsmConfig.load(yaml);
    SigningMechanism other = new SigningMechanism.Ecdsa(SignatureAlgorithm.ECDSA_SHA384, 48);
    KeyGeneration generation =
        new KeyGeneration(config, KeyAlgorithm.EC_P256, "not-as-asked", other);
    assertThatThrownBy(() -> once(generation::make))
        .isInstanceOfSatisfying(
            PkiException.class,
            refused -> assertThat(refused.failure()).isInstanceOf(Failure.BrokenPromise.class));
    assertThat(hsm.keys()).isEmpty();
  }

  @Test
  void aShortTemplateThatLetsTheTokenAddUsesIsNoticed() throws Exception {
    Path quirky =
        TestToken.yaml(
            yaml.resolveSibling("quirky.yaml"),
            label,
            "quirks: [id-by-public-key, short-template, no-key-history]");
    try (Pkcs11Hsm other = Pkcs11Hsm.open(HsmConfig.load(quirky))) {
      assertThatThrownBy(() -> other.generate(KeyAlgorithm.EC_P256, "refused"))
          .hasMessageContaining("CKA_D");
      assertThat(other.keys()).isEmpty();
    }
  }

  @Test
  void keysAreKnownByTheirPublicKeyWhereIdsAreFixed() throws Exception {
    Path quirky =
        TestToken.yaml(yaml.resolveSibling("quirky.yaml"), label, "quirks: [id-by-public-key]");
    HsmConfig config = HsmConfig.load(quirky);
    try (Pkcs11Hsm other = Pkcs11Hsm.open(config)) {
      SigningKey made = other.generate(KeyAlgorithm.EC_P256, "fixed-id");
      assertThat(made.id()).isEqualTo(made.publicKey().keyId());
      try (Pkcs11Hsm again = Pkcs11Hsm.open(config)) {
        SigningKey found = again.key(made.id());
        assertThat(KeyProof.holds(made.publicKey(), MESSAGE, found.sign(MESSAGE))).isTrue();
      }
    }
  }

  private boolean flag(SigningKey key, long attribute) {
    return once(
        (cryptoki, session) -> {
          long handle = KeyReference.of(key.id().octets()).find(cryptoki, session);
          return Attributes.flag(cryptoki, session, handle, attribute).orElseThrow();
        });
  }

  private <T> T once(Seat.Work<T> work) {
    return hsm.threads().call(Share.RECORDS, TIME, TIME, seat -> seat.once(work));
  }
}
