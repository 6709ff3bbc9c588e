package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Failure;
import io.chancery.testing.Refusals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** URIs in one spelling, so that a rule about their beginning cannot be led around. */
class UriTextTest {
  @ParameterizedTest
  @CsvSource({
    "https://a.test/x, https://a.test/x",
    "HTTPS://A.Test/X?y=Z, https://a.test/X?y=Z",
    "https://a.test:8443/, https://a.test:8443/",
    "https://a.test, https://a.test",
    "https://10.0.0.1/x, https://10.0.0.1/x",
    "https://[2001:DB8:0:0:0:0:0:1]:1/x, https://[2001:db8::1]:1/x",
    "https://a.test/%20%C3%A4, https://a.test/%20%C3%A4",
    "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6, urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
    "URN:isbn:1, urn:isbn:1",
    "spiffe://bank.test, spiffe://bank.test",
    "spiffe://bank.test/ns/pay/sa/api, spiffe://bank.test/ns/pay/sa/api",
    "spiffe://my_domain/a.b-c_d, spiffe://my_domain/a.b-c_d",
    "Spiffe://bank.test/A, spiffe://bank.test/A",
  })
  void urisAreRead(String given, String canonical) {
    assertThat(UriText.canonical(given)).isEqualTo(canonical);
    assertThat(UriText.canonical(canonical)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource({
    "'', RFC 5280 s4.2.1.6",
    "a.test/x, RFC 5280 s4.2.1.6",
    "/x, RFC 5280 s4.2.1.6",
    "//a.test/x, RFC 5280 s4.2.1.6",
    "spiffe:, RFC 3986",
    "https://user@a.test/, RFC 5280 s4.2.1.6",
    "https://user:secret@a.test/, RFC 5280 s4.2.1.6",
    "https://a.test/#x, RFC 5280 s4.2.1.6",
    "https://a.test/%zz, RFC 3986",
    "https://a.test/<x>, RFC 3986",
    "https://a.test/../x, RFC 3986 s6.2.2.3",
    "https://a.test/x/., RFC 3986 s6.2.2.3",
    "urn:a/../b, RFC 3986 s6.2.2.3",
    "https://a.test/%2e%2e/x, RFC 3986 s6.2.2",
    "https://a.test/%2E%2E/x, RFC 3986 s6.2.2",
    "https://a.test/%41, RFC 3986 s6.2.2",
    "https://a.test/%c3%a4, RFC 3986 s6.2.2",
    "https:///x, RFC 5280 s4.2.1.6",
    "file:///etc/passwd, RFC 5280 s4.2.1.6",
    "https://a_b.test/, RFC 5280 s4.2.1.6",
    "https://a.test:/, RFC 3986 s3.2.3",
    "https://a.test:0443/, RFC 3986 s3.2.3",
    "https://a.test:444444/, RFC 3986 s3.2.3",
    "https://10.0.0.300/, RFC",
    "https://[::ffff:10.0.0.1]/, RFC 4291 s2.5.5.2",
    "https://[fe80::1%25eth0]/, RFC",
    "https://*.a.test/, RFC",
  })
  void othersAreRefusedWithTheirClause(String given, String clause) {
    Failure.Malformed refusal = Refusals.malformed(() -> UriText.canonical(given));

    assertThat(refusal.clause()).contains(clause);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spiffe:bank.test/x",
        "spiffe:/bank.test/x",
        "spiffe:///x",
        "spiffe://bank.test/",
        "spiffe://bank.test/x/",
        "spiffe://bank.test//x",
        "spiffe://bank.test:8443/x",
        "spiffe://bank.test/x?y",
        "spiffe://bank.test?y",
        "spiffe://Bank.test/x",
        "spiffe://bank.test/x%20y",
        "spiffe://bank.test/x:y",
        "spiffe://bank.test/x~y",
        "spiffe://[::1]/x",
      })
  void spiffeIdsAreStricter(String given) {
    assertThat(Refusals.malformed(() -> UriText.canonical(given)).clause()).startsWith("SPIFFE-ID");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://a.test/\0",
        "https://a.test/ x",
        "https://a.test/\r\nx",
        "https://\u00e4.test/",
        "https://a.test/\u202ex"
      })
  void onlyPrintableAsciiIsRead(String given) {
    assertThat(Refusals.malformed(() -> UriText.canonical(given)).reason()).contains("ASCII");
  }

  @Test
  void urisHaveAnEnd() {
    String beginning = "spiffe://bank.test/";
    assertThat(UriText.canonical(beginning + "a".repeat(2029))).hasSize(2048);
    assertThat(UriText.canonical("spiffe://bank.test" + "/a".repeat(1000))).hasSize(2018);
    for (int length : new int[] {2030, 60_000}) {
      Refusals.malformed(() -> UriText.canonical(beginning + "a".repeat(length)));
    }
    Refusals.malformed(() -> UriText.canonical("spiffe://" + "a".repeat(256) + "/x"));
  }
}
