package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.testing.Refusals;
import io.chancery.x509.KeyAlgorithm.Family;
import java.security.MessageDigest;
import java.util.stream.IntStream;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signature algorithms are found by OID, fit their keys and have the standard's parameters. */
class SignatureAlgorithmTest {
  @ParameterizedTest
  @EnumSource(SignatureAlgorithm.class)
  void identifiersAreThoseOfTheStandard(SignatureAlgorithm algorithm) {
    assertThat(algorithm.identifier())
        .isEqualTo(new DefaultSignatureAlgorithmIdentifierFinder().find(algorithm.jcaName()));
    assertThat(SignatureAlgorithm.ofOid(algorithm.oid())).contains(algorithm);
  }

  @ParameterizedTest
  @EnumSource(value = SignatureAlgorithm.class, names = "ED25519", mode = EnumSource.Mode.EXCLUDE)
  void hashesAreThoseOfThePlatform(SignatureAlgorithm algorithm) throws Exception {
    byte[] message = new byte[10_000];
    byte[] hash = MessageDigest.getInstance(algorithm.digest()).digest(message);
    assertThat(algorithm.hash(message)).isEqualTo(hash);
    // Everybody hashes at the same time.
    assertThat(IntStream.range(0, 1_000).parallel().mapToObj(i -> algorithm.hash(message)))
        .allSatisfy(one -> assertThat(one).isEqualTo(hash));
  }

  @Test
  void ed25519SignsTheMessage() {
    assertThatThrownBy(() -> SignatureAlgorithm.ED25519.hash(new byte[0]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the message itself");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1.2.840.113549.1.1.4",
        "1.2.840.113549.1.1.5",
        "1.2.840.10045.4.1",
        "1.2.840.113549.1.1.10"
      })
  void nothingWeakerIsKnown(String oid) {
    assertThat(SignatureAlgorithm.ofOid(oid)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ec-p256, ECDSA_SHA256",
    "ec-p384, ECDSA_SHA384",
    "ec-p521, ECDSA_SHA512",
    "rsa-2048, RSA_SHA256",
    "rsa-4096, RSA_SHA256",
    "ed25519, ED25519"
  })
  void keysHaveTheirOwn(String key, SignatureAlgorithm algorithm) {
    KeyAlgorithm keyAlgorithm = KeyAlgorithm.parse(key);

    assertThat(SignatureAlgorithm.fittingTo(keyAlgorithm)).isEqualTo(algorithm);
    algorithm.mustFit(keyAlgorithm);
  }

  @Test
  void aKeyOfAnotherFamilyDoesNotFit() {
    assertThat(SignatureAlgorithm.RSA_SHA256.fits(Family.EC)).isFalse();
    assertThat(
            Refusals.malformed(() -> SignatureAlgorithm.ED25519.mustFit(KeyAlgorithm.EC_P256))
                .clause())
        .isEqualTo("RFC 5280 s4.1.1.2");
  }
}
