package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.testing.Csrs;
import io.chancery.testing.Refusals;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What names a key, a hash, an issuer: {@link KeyId}, {@link Thumbprint}, {@link IssuerName}. */
class IdentifierTest {
  @Test
  void aKeyIdIsTheLeftmost160BitsOfTheHashOfTheBits() {
    Der info = Der.of(Csrs.pair(KeyAlgorithm.ED25519).getPublic().getEncoded());
    byte[] key = java.util.Arrays.copyOfRange(info.octets(), 12, 44);

    assertThat(KeyId.of(info).hex()).isEqualTo(Thumbprint.of(key).hex().substring(0, 40));
    assertThat(KeyId.of(info).octets()).hasSize(20);
    assertThat(KeyId.parse(KeyId.of(info).hex())).isEqualTo(KeyId.of(info));
  }

  @Test
  void aKeyIdOfNoKeyIsRefused() {
    for (byte[] other : new byte[][] {{}, {5, 0}, {0x30, 0}, CsrBombTest.nested(1_000)}) {
      assertThat(Refusals.malformed(() -> KeyId.of(Der.of(other))).what()).isEqualTo("public key");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "zz", "0123456789abcdef0123456789abcdef0123456\n"})
  void otherTextIsNoIdentifier(String text) {
    assertThat(Refusals.malformed(() -> KeyId.parse(text)).clause()).isEqualTo("RFC 7093 s2");
    assertThat(Refusals.malformed(() -> Thumbprint.parse(text)).what()).isEqualTo("thumbprint");
  }

  @Test
  void aThumbprintIsSha256() {
    // FIPS 180-4's example.
    Thumbprint abc = Thumbprint.of("abc".getBytes(StandardCharsets.US_ASCII));

    assertThat(abc).hasToString("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(Thumbprint.parse(HexFormat.ofDelimiter(":").withUpperCase().formatHex(abc.octets())))
        .isEqualTo(abc);
  }

  @ParameterizedTest
  @ValueSource(strings = {"issuing", "issuing-2026", "a", "0"})
  void issuerNamesFitIntoAddresses(String name) {
    assertThat(new IssuerName(name)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "a-", "A", "a/b", "a.b", "..", "a\n", "a b", "\u00e4"})
  void otherIssuerNamesAreRefused(String name) {
    assertThat(Refusals.malformed(() -> new IssuerName(name)).what()).isEqualTo("issuer");
  }

  @Test
  void issuerNamesHaveAnEnd() {
    assertThat(new IssuerName("a".repeat(40)).value()).hasSize(40);
    Refusals.malformed(() -> new IssuerName("a".repeat(41)));
  }
}
