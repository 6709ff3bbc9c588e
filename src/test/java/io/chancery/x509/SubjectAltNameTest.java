package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.testing.Refusals;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names are read from their text form, come out in one spelling, and refuse what is none. */
class SubjectAltNameTest {
  @ParameterizedTest
  @CsvSource({
    "dns:a.internal.test, dns:a.internal.test",
    "DNS:A.Internal.TEST, dns:a.internal.test",
    "dns:*.a.test, dns:*.a.test",
    "dns:localhost, dns:localhost",
    "ip:10.0.0.1, ip:10.0.0.1",
    "ip:2001:DB8:0:0::1, ip:2001:db8::1",
    "uri:SPIFFE://bank.test/pay, uri:spiffe://bank.test/pay",
    "uri:urn:uuid:f81d4fae, uri:urn:uuid:f81d4fae",
    "email:Ops@Bank.TEST, email:Ops@bank.test",
  })
  void theTextFormIsReadAndWritten(String text, String canonical) {
    SubjectAltName name = SubjectAltName.parse(text);

    assertThat(name.text()).isEqualTo(canonical);
    assertThat(SubjectAltName.parse(name.text())).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.test", ":", "upn:a@b.test", "dns", "other:x", "\u0130p:10.0.0.1"})
  void otherKindsAreRefused(String text) {
    assertThat(Refusals.malformed(() -> SubjectAltName.parse(text)).what()).isEqualTo("name");
  }

  @Test
  void wildcardsAreKnown() {
    assertThat(new SubjectAltName.Dns("*.a.test").wildcard()).isTrue();
    assertThat(new SubjectAltName.Dns("a.test").wildcard()).isFalse();
  }

  @Test
  void anAddressKeepsNoNameAndNoZone() throws Exception {
    byte[] linkLocal = {(byte) 0xfe, (byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    InetAddress named = InetAddress.getByAddress("evil.test", linkLocal);
    InetAddress zoned = java.net.Inet6Address.getByAddress(null, linkLocal, 3);

    assertThat(new SubjectAltName.Ip(named).address().toString()).startsWith("/");
    assertThat(new SubjectAltName.Ip(zoned).value()).isEqualTo("fe80::1");
    assertThat(new SubjectAltName.Ip(zoned)).isEqualTo(SubjectAltName.Ip.of(linkLocal));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a@b.test", "a.b+c@b.test", "x@localhost", "!#$%&'*+-/=?^_`{|}~@b.test"})
  void mailboxesAreRead(String value) {
    assertThat(new SubjectAltName.Email(value).value()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@",
        "a@",
        "@b.test",
        "a",
        ".a@b.test",
        "a..b@b.test",
        "\"a b\"@b.test",
        "a b@b.test",
        "A <a@b.test>",
        "a@b.test, c@d.test",
        "a@*.b.test",
        "a@10.0.0.1",
        "a@[10.0.0.1]",
        "a@b.test\n",
        "a\r\nBcc: c@b.test",
        "a\0@b.test",
        "\u00e4@b.test",
        "a@b@c.test"
      })
  void whatIsNoMailboxIsRefused(String value) {
    Refusals.malformed(() -> new SubjectAltName.Email(value));
  }

  @Test
  void mailboxesHaveAnEnd() {
    String host = "b.test";
    assertThat(new SubjectAltName.Email("a".repeat(64) + "@" + host).kind()).isEqualTo("email");
    Refusals.malformed(() -> new SubjectAltName.Email("a".repeat(65) + "@" + host));
    Refusals.malformed(
        () -> new SubjectAltName.Email("a".repeat(64) + "@" + "b.".repeat(95) + "test"));
    Refusals.malformed(() -> new SubjectAltName.Email("a.".repeat(30_000) + "@b.test"));
  }
}
