package io.chancery.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.issuance.AnswerFormTest.LyingKey;
import io.chancery.testing.MemoryKey;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.SignatureAlgorithm;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** docs/adr/0007: what is kept is always verified; fresh answers are verified by samples. */
class SampledSignaturesTest {
  private static final byte[] BODY = {1, 2, 3};
  private static final int ONE_IN = 64;

  private final Scene scene = new Scene();
  private final LyingKey key = new LyingKey();
  private final AnswerSigner signer =
      AnswerSigner.delegated(scene.issuer, scene.responderCredential(key));

  @Test
  void aWrongSignatureIsNeverKept() {
    key.lies = true;
    for (int i = 0; i < 3; i++) {
      mustBreak(() -> signer.signKept(BODY));
    }
    key.lies = false;
    assertThat(signer.signKept(BODY)).isNotEmpty();
  }

  @Test
  void theFirstFreshOneIsVerified() {
    key.lies = true;
    mustBreak(() -> signer.signFresh(BODY));
  }

  @Test
  void aKeyThatBeginsToLieIsFoundWithinOneRound() {
    assertThat(signer.signFresh(BODY)).isNotEmpty();
    key.lies = true;
    int before = key.signed;
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < ONE_IN; i++) {
                signer.signFresh(BODY);
              }
            })
        .isInstanceOf(PkiException.class);
    assertThat(key.signed - before).isLessThanOrEqualTo(ONE_IN);
    // From then on each is held against the key, until a whole round was true.
    for (int i = 0; i < ONE_IN; i++) {
      mustBreak(() -> signer.signFresh(BODY));
    }
  }

  @Test
  void bothVerifiersSayTheSame() {
    byte[] message = {5, 6, 7};
    for (MemoryKey one :
        List.of(
            MemoryKey.generate(KeyAlgorithm.EC_P256),
            MemoryKey.generate(KeyAlgorithm.EC_P384),
            MemoryKey.generate(KeyAlgorithm.rsa(2048)),
            MemoryKey.generate(KeyAlgorithm.ED25519))) {
      var publicKey = one.pair().getPublic();
      KeyCheck check = KeyCheck.of(publicKey);
      SignatureAlgorithm algorithm = one.algorithm();
      byte[] signature = one.sign(message);
      assertThat(check.holds(algorithm, message, signature)).isTrue();
      for (int i = 0; i < signature.length; i++) {
        byte[] flipped = signature.clone();
        flipped[i] ^= 1;
        assertThat(check.holds(algorithm, message, flipped))
            .as("%s, octet %s", algorithm, i)
            .isEqualTo(SignatureCheck.holds(algorithm, publicKey, message, flipped))
            .isFalse();
      }
      assertThat(check.holds(algorithm, message, new byte[0])).isFalse();
      assertThat(check.holds(algorithm, new byte[] {5, 6, 8}, signature)).isFalse();
    }
  }

  private static void mustBreak(ThrowingCallable deed) {
    assertThatThrownBy(deed)
        .isInstanceOfSatisfying(
            PkiException.class,
            broken -> assertThat(broken.failure()).isInstanceOf(Failure.BrokenPromise.class));
  }
}
