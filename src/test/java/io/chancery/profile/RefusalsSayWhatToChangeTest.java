package io.chancery.profile;

import static io.chancery.profile.Asked.plain;
import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.testing.Golden;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The texts that people read, as they read them. */
class RefusalsSayWhatToChangeTest {
  private record Story(String told, String profile, Asked asked) {}

  private static final List<Story> STORIES =
      List.of(
          new Story(
              "openssl req with its default subject, and names",
              "tls-server",
              plain().subject("C=AU, ST=Some-State, O=Internet Widgits Pty Ltd")),
          new Story(
              "openssl req with its default subject, no names",
              "tls-server",
              plain().noNames().subject("C=AU, ST=Some-State, O=Internet Widgits Pty Ltd")),
          new Story("openssl req -subj /CN=db1", "tls-server", plain().noNames().subject("CN=db1")),
          new Story(
              "openssl req -subj '/CN=Our Server'",
              "tls-server",
              plain().noNames().subject("CN=Our Server")),
          new Story(
              "a common name beside other names",
              "tls-server",
              plain().subject("CN=www.internal.test")),
          new Story("no names for a partner", "partner-client", plain().noNames().subject("CN=x")),
          new Story(
              "a partner who calls himself the bank",
              "partner-client",
              plain().subject("O=Partner, CN=login.bank.example")),
          new Story(
              "names of somebody else",
              "tls-server",
              plain().inCsr("dns:a.internal.test", "dns:bank.example", "ip:192.0.2.7")),
          new Story("nothing allowed yet", "tls-server", plain().allowed()),
          new Story("a token's limit", "tls-server", plain().narrowed("dns:db.internal.test")),
          new Story("a wildcard", "tls-server", plain().inCsr("dns:*.internal.test")),
          new Story("a wrong kind", "tls-server", plain().inCsr("email:a@bank.test")),
          new Story("a weak key", "tls-server", plain().key("rsa-2056")),
          new Story("a year", "tls-server", plain().validity(Duration.ofDays(365))),
          new Story("an authority", "tls-peer", plain().extension("2.5.29.19", "30030101ff")),
          new Story("broken bytes", "tls-peer", plain().extension("2.5.29.15", "0500")),
          new Story("another profile", "tls-peer", plain().profiles("tls-client", "tls-server")),
          new Story("the responder's profile", "ocsp-responder", plain()));

  @Test
  void asAgreed() {
    Golden.check(
        "refusals.txt",
        STORIES.stream().map(RefusalsSayWhatToChangeTest::told).collect(Collectors.joining("\n")));
  }

  @Test
  void textOfTheRequestIsNeverRaw() {
    Request hostile = plain().noNames().subject("CN=x' -config '/tmp/evil; \u00e9").request();

    assertThat(Asked.SHIPPED.judge(Asked.shipped("tls-server"), hostile).toString())
        .doesNotContain("x' -config")
        .doesNotContain("\u00e9")
        .contains("'x\\u0027 -config \\u0027/tmp/evil; \\u00e9'");
  }

  private static String told(Story story) {
    return story.told()
        + " ("
        + story.profile()
        + ")\n"
        + Asked.SHIPPED.judge(Asked.shipped(story.profile()), story.asked().request()).stream()
            .filter(Verdict.Refused.class::isInstance)
            .map(Verdict.Refused.class::cast)
            .map(no -> "  " + no.rule() + ": " + no.reason() + "\n    -> " + no.remedy() + "\n")
            .collect(Collectors.joining());
  }
}
