package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.testing.Refusals;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Integer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Serial numbers: positive, at most 20 octets, one spelling. */
class SerialNumberTest {
  @ParameterizedTest
  @CsvSource({
    "1, 01",
    "0A, 0a",
    "0x0a, 0a",
    "AB:CD:EF, abcdef",
    "00ff, ff",
    "100, 0100",
    "8000, 8000"
  })
  void hexIsRead(String text, String hex) {
    assertThat(SerialNumber.parse(text).hex()).isEqualTo(hex);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "00", "-1", "g", "1 ", "0x", ":", "1\n", "\u0661"})
  void otherTextIsRefused(String text) {
    assertThat(Refusals.malformed(() -> SerialNumber.parse(text)).clause())
        .isEqualTo("RFC 5280 s4.1.2.2");
  }

  @Test
  void twentyOctetsAreTheMost() throws Exception {
    SerialNumber largest = SerialNumber.parse("7f" + "ff".repeat(19));

    assertThat(new ASN1Integer(largest.value()).getEncoded()).hasSize(2 + 20);
    Refusals.malformed(() -> SerialNumber.parse("80" + "00".repeat(19)));
    Refusals.malformed(() -> SerialNumber.parse("01" + "00".repeat(20)));
    Refusals.malformed(() -> new SerialNumber(BigInteger.ONE.negate()));
  }

  @Test
  void randomOnesDifferAndAreLong() {
    SecureRandom random = new SecureRandom();
    Set<SerialNumber> seen = new HashSet<>();
    int most = 0;
    for (int i = 0; i < 1_000; i++) {
      SerialNumber serial = SerialNumber.random(random);
      assertThat(serial.value().signum()).isPositive();
      most = Math.max(most, serial.value().bitLength());
      seen.add(serial);
    }
    assertThat(seen).hasSize(1_000);
    assertThat(most).isEqualTo(159);
  }

  @Test
  void theyAreOrderedAsNumbers() {
    assertThat(SerialNumber.parse("0100")).isGreaterThan(SerialNumber.parse("ff"));
  }
}
