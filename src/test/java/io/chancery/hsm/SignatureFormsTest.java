package io.chancery.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.hsm.mechanism.EcdsaSignature;
import io.chancery.hsm.mechanism.SigningMechanism;
import io.chancery.testing.TestToken;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.KeyPairs;
import io.chancery.x509.SubjectPublicKey;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xipki.pkcs11.wrapper.PKCS11Constants;

class SignatureFormsTest {
  private static final HexFormat HEX = HexFormat.of();

  @ParameterizedTest
  @CsvSource({
    "ec-p256, 06082a8648ce3d030107, 65, 0441",
    "ec-p384, 06052b81040022, 97, 0461",
    "ec-p521, 06052b81040023, 133, 048185",
    "ed25519, 130c656477617264733235353139, 32, 0420",
    "ed25519, 06032b6570, 32, 0420"
  })
  void aPointIsReadBareAndInItsOctetString(
      String algorithm, String curve, int length, String header) {
    KeyPair pair = KeyPairs.generate(KeyAlgorithm.parse(algorithm), new SecureRandom());
    SubjectPublicKey key = SubjectPublicKey.of(pair.getPublic());
    byte[] info = key.info().octets();
    byte[] bare = Arrays.copyOfRange(info, info.length - length, info.length);
    byte[] wrapped = HEX.parseHex(header + HEX.formatHex(bare));

    assertThat(PublicKeys.onCurve(HEX.parseHex(curve), bare)).contains(key);
    assertThat(PublicKeys.onCurve(HEX.parseHex(curve), wrapped)).contains(key);
    assertThat(PublicKeys.onCurve(HEX.parseHex(curve), Arrays.copyOf(bare, length - 1))).isEmpty();
    assertThat(PublicKeys.onCurve(HEX.parseHex(curve), Arrays.copyOf(wrapped, length))).isNotNull();
    assertThat(PublicKeys.onCurve(HEX.parseHex("06052b8104000a"), bare)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "00010002, 3006020101020102",
    "00800080, 300802020080 02020080",
    "7fff8000, 300902027fff0203008000",
    "00000000, 3006020100020100",
    "ffffffff, 300a020300ffff020300ffff"
  })
  void rAndSBecomeTwoIntegers(String raw, String der) {
    assertThat(EcdsaSignature.encoded(HEX.parseHex(raw), 2))
        .isEqualTo(HEX.parseHex(der.replace(" ", "")));
  }

  @Test
  void theLongestSignatureHasALengthOfTwoOctets() {
    byte[] raw = new byte[132];
    Arrays.fill(raw, (byte) 0x7f);
    byte[] der = EcdsaSignature.encoded(raw, 66);
    assertThat(HEX.formatHex(der)).startsWith("3081880242" + "7f");
    assertThat(der).hasSize(3 + 2 * 68);
  }

  @Test
  void aSignatureOfAnotherLengthIsRefused() {
    assertThatThrownBy(() -> EcdsaSignature.encoded(new byte[63], 32))
        .hasMessageContaining("63 octets instead of 64");
  }

  @Test
  void rsaOverOurOwnDigestIsTheSameSignature() throws Exception {
    SigningMechanism own = SigningMechanism.of(KeyAlgorithm.rsa(2048), Set.of());
    SigningMechanism tokens =
        SigningMechanism.of(KeyAlgorithm.rsa(2048), Set.of(PKCS11Constants.CKM_SHA256_RSA_PKCS));
    assertThat(own.code()).isEqualTo(PKCS11Constants.CKM_RSA_PKCS);
    assertThat(tokens.code()).isEqualTo(PKCS11Constants.CKM_SHA256_RSA_PKCS);

    byte[] message = {1, 2, 3};
    KeyPair pair = KeyPairs.generate(KeyAlgorithm.rsa(2048), new SecureRandom());
    Signature padding = Signature.getInstance("NONEwithRSA");
    padding.initSign(pair.getPrivate());
    padding.update(own.input(message));
    byte[] signature = own.output(padding.sign());
    assertThat(KeyProof.holds(SubjectPublicKey.of(pair.getPublic()), message, signature)).isTrue();
  }

  @Test
  void aTokenWithoutTheMechanismIsRefusedByName() {
    HsmConfig config = HsmConfig.load(TestToken.fresh(TestToken.label("mechanism")));
    try (Pkcs11Hsm hsm = Pkcs11Hsm.open(config)) {
      assertThat(hsm.keys()).isEmpty();
      assertThat(hsm.health().working()).isTrue();
      assertThat(hsm).hasToString(hsm.health().name());
    }
  }
}
