package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.testing.Refusals;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses have one text and one encoding each. */
class IpTextTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 10.0.0.1, 0a000001",
    "255.255.255.255, 255.255.255.255, ffffffff",
    "0.0.0.0, 0.0.0.0, 00000000",
    // RFC 5952 s4.
    "::, ::, 00000000000000000000000000000000",
    "::1, ::1, 00000000000000000000000000000001",
    "2001:0DB8::0001, 2001:db8::1, 20010db8000000000000000000000001",
    "2001:db8:0:0:0:0:2:1, 2001:db8::2:1, 20010db8000000000000000000020001",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1, 20010db8000000010001000100010001",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1, 20010000000000010000000000000001",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1, 20010db8000000000001000000000001",
    "fe80:0:0:0:0:0:0:0, fe80::, fe800000000000000000000000000000",
    "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8, 00010002000300040005000600070008",
    "64:ff9b::10.0.0.1, 64:ff9b::a00:1, 0064ff9b00000000000000000a000001",
  })
  void literalsAreReadAndWritten(String text, String canonical, String octets) {
    var address = IpText.parse(text);

    assertThat(IpText.of(address)).isEqualTo(canonical);
    assertThat(address.getAddress()).isEqualTo(HexFormat.of().parseHex(octets));
    assertThat(IpText.address(address.getAddress())).isEqualTo(address);
    assertThat(IpText.parse(canonical)).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0",
        "10.0.0.256",
        "010.0.0.1",
        "10.0.0.1.1",
        "10",
        "0x7f.0.0.1",
        "10.0.0.0/8",
        "10.0.0.1\n",
        "localhost",
        "a.test",
        ":",
        ":::",
        "1::2::3",
        "12345::",
        "fe80::1%eth0",
        "fe80::1%1",
        "[::1]",
        "::1 ",
        "1:2:3:4:5:6:7:8:9",
        "\u0661.\u0662.\u0663.\u0664"
      })
  void whatIsNoLiteralIsRefused(String text) {
    assertThat(Refusals.malformed(() -> IpText.parse(text)).what()).isEqualTo("iPAddress");
  }

  @ParameterizedTest
  @ValueSource(strings = {"::ffff:10.0.0.1", "::FFFF:0a00:0001", "0:0:0:0:0:ffff:a00:1"})
  void aMappedAddressIsNotSilentlyAnother(String text) {
    assertThat(Refusals.malformed(() -> IpText.parse(text)).clause())
        .isEqualTo("RFC 4291 s2.5.5.2");
  }

  @Test
  void aMappedAddressInOctetsIsNeither() {
    byte[] mapped = HexFormat.of().parseHex("00000000000000000000ffff0a000001");

    assertThat(Refusals.malformed(() -> SubjectAltName.Ip.of(mapped)).clause())
        .isEqualTo("RFC 4291 s2.5.5.2");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 5, 8, 15, 17, 32})
  void otherLengthsAreRefused(int length) {
    assertThat(Refusals.malformed(() -> IpText.address(new byte[length])).clause())
        .isEqualTo("RFC 5280 s4.2.1.6");
  }
}
