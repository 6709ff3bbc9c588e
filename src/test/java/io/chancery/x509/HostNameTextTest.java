package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Failure;
import io.chancery.testing.Refusals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Host names in the preferred syntax, lower case, international ones as A-labels. */
class HostNameTextTest {
  @ParameterizedTest
  @CsvSource({
    "a.test, a.test",
    "A.Test, a.test",
    "localhost, localhost",
    "a-b.c--d.test, a-b.c--d.test",
    "1.2.3.a, 1.2.3.a",
    "0.test, 0.test",
    "*.a.test, *.a.test",
    "*.xn--bcher-kva.test, *.xn--bcher-kva.test",
    "XN--BCHER-KVA.test, xn--bcher-kva.test",
    "xn--bcher-kva.xn--p1ai, xn--bcher-kva.xn--p1ai",
  })
  void hostNamesAreRead(String given, String canonical) {
    assertThat(HostNameText.canonical(given)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource({
    "a..test, label 2, RFC 1034 s3.5",
    ".a.test, label 1, RFC 1034 s3.5",
    "a.test., label 3, RFC 1034 s3.5",
    "-a.test, label 1, RFC 1034 s3.5",
    "a-.test, label 1, RFC 1034 s3.5",
    "a_b.test, label 1, RFC 1034 s3.5",
    "_acme-challenge.a.test, label 1, RFC 1034 s3.5",
    "a/b.test, label 1, RFC 1034 s3.5",
    "a:443, label 1, RFC 1034 s3.5",
    "user@a.test, label 1, RFC 1034 s3.5",
    "::1, label 1, RFC 1034 s3.5",
    "10.0.0.1, an address, RFC 3696 s2",
    "1, an address, RFC 3696 s2",
    "a.0x7f, an address, RFC 3696 s2",
    "0x7f000001, an address, RFC 3696 s2",
    "*, wildcard, RFC 6125 s6.4.3",
    "*.test, wildcard, RFC 6125 s6.4.3",
    "a.*.test, wildcard, RFC 6125 s6.4.3",
    "*.*.a.test, wildcard, RFC 6125 s6.4.3",
    "**.a.test, wildcard, RFC 6125 s6.4.3",
    "w*.a.test, wildcard, RFC 6125 s6.4.3",
    "xn--a.test, label 1, RFC 5890 s2.3.2.1",
    "a.xn--99999999, label 2, RFC 5890 s2.3.2.1",
  })
  void othersAreRefusedWithTheirClause(String given, String reason, String clause) {
    Failure.Malformed refusal = Refusals.malformed(() -> HostNameText.canonical(given));

    assertThat(refusal.what()).isEqualTo("dNSName");
    assertThat(refusal.where()).contains(given);
    assertThat(refusal.reason()).contains(reason);
    assertThat(refusal.clause()).contains(clause);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\0.test",
        "a.test\0.evil.test",
        "a.test\r\n",
        "a.test ",
        " a.test",
        "a\tb.test",
        "\u202etest.a",
        "b\u00fccher.test",
        "a\u3002test",
        "a\uff0etest",
        // The Kelvin sign, whose lower case is an ASCII k.
        "ban\u212a.test"
      })
  void onlyAsciiIsRead(String given) {
    assertThat(Refusals.malformed(() -> HostNameText.canonical(given)).reason())
        .contains("no host name has");
  }

  @Test
  void labelsAndNamesHaveAnEnd() {
    String longest = "a".repeat(63);
    String name = (longest + ".").repeat(3) + "b".repeat(61);

    assertThat(HostNameText.canonical(name)).hasSize(253);
    assertThat(HostNameText.canonical("a.b0.c-d.z9")).isEqualTo("a.b0.c-d.z9");
    for (String tooLong : new String[] {longest + "a.test", name + "b", "", "a".repeat(65_000)}) {
      Refusals.malformed(() -> HostNameText.canonical(tooLong));
    }
  }
}
