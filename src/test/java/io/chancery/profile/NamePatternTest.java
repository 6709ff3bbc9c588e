package io.chancery.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.x509.SubjectAltName;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pattern covers, what only looks as if it did, and what is no pattern. */
class NamePatternTest {
  @ParameterizedTest
  @CsvSource({
    "dns:example.test, dns:example.test",
    "dns:example.test, dns:a.example.test",
    "dns:example.test, dns:a.b.EXAMPLE.test",
    "dns:Example.TEST, dns:a.example.test",
    "dns:example.test, dns:*.example.test",
    "dns:example.test, dns:*.a.example.test",
    "dns:localhost, dns:localhost",
    "dns:localhost, dns:db.localhost",
    "dns:=a.example.test, dns:a.example.test",
    "dns:=*.a.example.test, dns:*.a.example.test",
    "ip:10.0.0.0/8, ip:10.255.255.255",
    "ip:10.0.0.0/9, ip:10.127.0.1",
    "ip:0.0.0.0/0, ip:192.0.2.1",
    "ip:192.0.2.1, ip:192.0.2.1",
    "ip:192.0.2.1/32, ip:192.0.2.1",
    "ip:fd00::/8, ip:fdff::1",
    "ip:2001:db8::/33, ip:2001:db8:7fff::1",
    "ip:::1, ip:0:0:0:0:0:0:0:1",
    "uri:spiffe://td/path, uri:spiffe://td/path",
    "uri:spiffe://td/path, uri:spiffe://td/path/x",
    "uri:https://a.test/path, uri:https://a.test/path/",
    "uri:https://a.test/path/, uri:https://a.test/path/x/",
    "uri:https://a.test, uri:https://a.test/path/x;v=1",
    "uri:HTTPS://A.test, uri:https://a.TEST/path",
    "uri:spiffe://td/path/, uri:spiffe://td/path/x/y",
    "uri:spiffe://td, uri:spiffe://td/ns/a/sa/b",
    "uri:spiffe://td/, uri:spiffe://td/a",
    "uri:https://a.test:8443/x, uri:https://a.test:8443/x/y",
    "uri:urn:bank:app, uri:urn:bank:app:payments",
    "uri:urn:bank:, uri:urn:bank:app",
    "uri:=https://a.test/x?y=1, uri:https://a.test/x?y=1",
    "email:example.test, email:a@example.test",
    "email:example.test, email:a.b+c@EXAMPLE.test",
    "email:a@example.test, email:a@Example.test",
  })
  void covers(String pattern, String name) {
    assertThat(new NamePattern(pattern).covers(SubjectAltName.parse(name))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "dns:example.test, dns:notexample.test",
    "dns:example.test, dns:example.test.evil",
    "dns:example.test, dns:test",
    "dns:example.test, dns:example.tes",
    "dns:example.test, dns:*.notexample.test",
    "dns:a.example.test, dns:example.test",
    // The wildcard stands for brothers of a, which are not allowed.
    "dns:a.example.test, dns:*.example.test",
    "dns:example.test, email:a@example.test",
    "dns:example.test, uri:https://example.test/",
    "dns:=a.example.test, dns:b.a.example.test",
    "dns:=a.example.test, dns:*.a.example.test",
    "dns:=*.example.test, dns:a.example.test",
    "ip:10.0.0.0/8, ip:11.0.0.0",
    "ip:10.0.0.0/9, ip:10.128.0.0",
    "ip:192.0.2.1, ip:192.0.2.2",
    "ip:0.0.0.0/0, ip:::1",
    "ip:::/0, ip:10.0.0.1",
    "ip:::/0, ip:::ffff:10.0.0.1",
    "ip:10.0.0.1, dns:a.example.test",
    "uri:spiffe://td/path, uri:spiffe://td/pathology",
    "uri:spiffe://td/path, uri:spiffe://td/other",
    "uri:spiffe://td/path/, uri:spiffe://td/path",
    "uri:spiffe://td, uri:spiffe://td.evil/path",
    "uri:spiffe://td, uri:spiffe://td:443/path",
    "uri:spiffe://td, uri:spiffe://tdx",
    "uri:spiffe://td, uri:https://td/x",
    "uri:spiffe://td/path, uri:spiffe://td/path/../admin",
    "uri:spiffe://td/path, uri:spiffe://td/path/..",
    "uri:spiffe://td/path, uri:spiffe://td/path/./x",
    "uri:spiffe://td/path, uri:spiffe://td/path/..;v=1/admin",
    "uri:spiffe://td/path, uri:spiffe://td/path//admin",
    "uri:spiffe://td/path, uri:spiffe://td/path/%2e%2e/admin",
    "uri:spiffe://td/path, uri:spiffe://td/path%2fx",
    "uri:spiffe://td/path, uri:spiffe://td/path/..%2Fadmin",
    "uri:spiffe://td/path, uri:spiffe://td/path?x=/path/",
    "uri:spiffe://td/path, uri:spiffe://td/path/x?y",
    "uri:spiffe://td/path, uri:spiffe://TD/path",
    "uri:https://a.test/path/, uri:https://a.test/path",
    "uri:https://a.test, uri:https://a.test.evil/path",
    "uri:https://a.test, uri:https://a.test:444/path",
    "uri:https://a.test, uri:http://a.test/path",
    "uri:https://a.test/path, uri:https://a.test/path/../admin",
    "uri:https://a.test/path, uri:https://a.test/path/..;v=1/admin",
    "uri:https://a.test/path, uri:https://a.test/path//admin",
    "uri:https://a.test/path, uri:https://a.test/path/..%2Fadmin",
    "uri:https://a.test/path, uri:https://a.test/path/%5C..%5Cadmin",
    "uri:https://a.test/path, uri:https://a.test/path/x?y",
    "uri:https://a.test/path, uri:https://a.test/path?x=/path/",
    "uri:urn:bank:app, uri:urn:bank:application",
    "uri:urn:bank:app, uri:urn:bank:app:../x",
    "uri:urn:bank:app, uri:urn:bank:app::x",
    "uri:urn:bank:app, uri:urn:bank:app/x",
    "uri:=https://a.test/x?y=1, uri:https://a.test/x?y=12",
    "uri:=https://a.test/x, uri:https://a.test/x/y",
    "email:example.test, email:a@b.example.test",
    "email:example.test, email:a@notexample.test",
    "email:example.test, dns:example.test",
    "email:a@example.test, email:b@example.test",
    "email:a@example.test, email:A@example.test",
  })
  void doesNotCover(String pattern, String name) {
    NamePattern allowed = new NamePattern(pattern);
    assertThat(name(name).filter(allowed::covers)).isEmpty();
  }

  /** Some of these names are refused as names already, which is as good. */
  private static Optional<SubjectAltName> name(String text) {
    try {
      return Optional.of(SubjectAltName.parse(text));
    } catch (PkiException malformed) {
      return Optional.empty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.test",
        "host:example.test",
        "dns:",
        "dns:.example.test",
        "dns:example.test.",
        "dns:*.example.test",
        "dns:*",
        "dns:==a.test",
        "dns:a b",
        "dns:10.0.0.1",
        "dns:ex\u00e4mple.test",
        "dns:a\u0000.test",
        "ip:",
        "ip:10.0.0.1/8",
        "ip:10.0.0.0/33",
        "ip:10.0.0.0/-1",
        "ip:10.0.0.0/08",
        "ip:10.0.0.0/",
        "ip:10.0.0.0/8/8",
        "ip:10.0.0.0/255.0.0.0",
        "ip:10.0.0",
        "ip:localhost",
        "ip:fd00::/129",
        "ip:fe80::1%eth0",
        "ip:::ffff:0:0/96",
        "uri:",
        "uri:spiffe:",
        "uri:https://",
        "uri:https:///x",
        "uri:/path",
        "uri:file:/etc",
        "uri:spiffe://td/a/../b",
        "uri:spiffe://td/a%2fb",
        "uri:spiffe://td//a",
        "uri:spiffe://td/a?b",
        "uri:spiffe://td/a#b",
        "uri:spiffe://user@td/a",
        "uri:urn::x",
        "uri:urn:",
        "uri:urn:x::",
        "uri:spiffe://td//",
        "uri:https://a.test/x//",
        "uri:=nothing",
        "email:",
        "email:@example.test",
        "email:*.example.test",
        "email:a@*.example.test",
        "email:Name <a@example.test>",
        "email:a@b@c d",
      })
  void isMalformed(String text) {
    PkiException thrown = catchThrowableOfType(PkiException.class, () -> new NamePattern(text));

    assertThat(thrown).as(text).isNotNull();
    assertThat(thrown.failure()).isInstanceOf(Failure.Malformed.class);
    assertThat(thrown.failure().detail()).matches("name pattern, [\\x20-\\x7e]+");
  }

  @ParameterizedTest
  @CsvSource({
    "DNS:Example.Test, dns:example.test",
    "dns:=A.test, dns:=a.test",
    "ip:192.0.2.1/32, ip:192.0.2.1",
    "uri:urn:x:y:, uri:urn:x:y:",
    "uri:spiffe://td/, uri:spiffe://td/",
    "email:a@B.test, email:a@b.test",
    "uri:=urn:x:y, uri:=urn:x:y",
  })
  void hasOneSpelling(String written, String spelled) {
    NamePattern pattern = new NamePattern(written);

    assertThat(pattern.text()).isEqualTo(spelled);
    assertThat(pattern).isEqualTo(new NamePattern(spelled)).hasToString(spelled);
    assertThat(pattern).hasSameHashCodeAs(new NamePattern(spelled));
    assertThat(new NamePattern(pattern.text()).text()).isEqualTo(spelled);
  }

  @Test
  void isTheSameNetworkInEverySpelling() {
    assertThat(new NamePattern("ip:FD00::/8")).isEqualTo(new NamePattern("ip:fd00:0::0:0/8"));
  }

  @Test
  void differsWhereTheTextDiffers() {
    assertThat(new NamePattern("dns:a.test")).isNotEqualTo(new NamePattern("dns:=a.test"));
  }
}
