package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.testing.Csrs;
import io.chancery.testing.Refusals;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in, out comes a request or a refusal: never another exception. */
class CsrFuzzTest {
  @ParameterizedTest
  @ValueSource(strings = {"ec-p256", "rsa-2048", "ed25519"})
  void everyFlippedOctetIsRefused(String algorithm) {
    byte[] good = good(algorithm).der();
    for (int i = 0; i < good.length; i++) {
      for (int flip : new int[] {0x01, 0x02, 0x20, 0x80, 0xff}) {
        byte[] bad = good.clone();
        bad[i] ^= (byte) flip;
        // All of it is signed, or is the signature: nothing can change and still be read.
        assertThat(refusal(bad)).as("octet %s ^ %s", i, flip).isPresent();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0x30, 0x7f, 0x80, 0xff})
  void everyReplacedOctetIsReadOrRefused(int value) {
    byte[] good = good("ec-p256").der();
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] = (byte) value;
      assertThat(refusal(bad).isEmpty()).as("octet %s", i).isEqualTo(Arrays.equals(good, bad));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ec-p256", "rsa-2048", "ed25519"})
  void everyTruncationIsRefused(String algorithm) {
    Csrs.Made good = good(algorithm);
    for (int length = 0; length < good.der().length; length++) {
      assertThat(refusal(Arrays.copyOf(good.der(), length))).as("length %s", length).isPresent();
    }
    byte[] pem = good.pem().strip().getBytes(StandardCharsets.US_ASCII);
    for (int length = 0; length < pem.length; length++) {
      assertThat(refusal(Arrays.copyOf(pem, length))).as("length %s", length).isPresent();
    }
  }

  @Test
  void randomOctetsAreRefused() {
    Random random = new Random(42);
    for (int i = 0; i < 20_000; i++) {
      byte[] noise = new byte[random.nextInt(300)];
      random.nextBytes(noise);
      assertThat(refusal(noise)).isPresent();
    }
  }

  @Test
  void randomEditsOfAGoodRequestAreReadOrRefused() {
    Random random = new Random(7);
    byte[] good = good("ec-p256").der();
    for (int i = 0; i < 10_000; i++) {
      byte[] bad = good.clone();
      for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      assertThat(refusal(bad).isEmpty()).isEqualTo(Arrays.equals(good, bad));
    }
  }

  /** The signature is not what stops these: it is made over the edited octets. */
  @Test
  void signedEditsOfTheExtensionsAreReadOrRefused() {
    Random random = new Random(11);
    byte[] value = Csrs.encoded(new BasicConstraints(3));
    byte[] names = HexFormat.of().parseHex("3011820161870401020304860665783a612f62");
    for (int i = 0; i < 1_000; i++) {
      byte[] editedNames = edited(random, names);
      byte[] editedValue = edited(random, value);
      refusal(
          Csrs.ec("CN=a")
              .rawExtension(new Extension(Extension.subjectAlternativeName, false, editedNames))
              .rawExtension(new Extension(Extension.basicConstraints, true, editedValue))
              .build()
              .der());
    }
  }

  private static byte[] edited(Random random, byte[] good) {
    byte[] bad = good.clone();
    bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
    return bad;
  }

  private static Csrs.Made good(String algorithm) {
    return Csrs.of(KeyAlgorithm.parse(algorithm), "C=NL,O=Example Bank,CN=payments")
        .dns("payments.internal.test")
        .ip("10.0.0.1")
        .uri("spiffe://bank.test/pay")
        .extension(Extension.basicConstraints, true, new BasicConstraints(false))
        .build();
  }

  /** The refusal, or empty where it was read; anything else fails the test. */
  private static Optional<Failure> refusal(byte[] input) {
    try {
      Csr.parse(input);
      return Optional.empty();
    } catch (PkiException refused) {
      Refusals.assertIsPlain(refused.failure().detail());
      return Optional.of(refused.failure());
    } catch (Throwable other) {
      return fail("threw " + other + " on " + HexFormat.of().formatHex(input), other);
    }
  }
}
