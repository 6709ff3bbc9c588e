package io.chancery.profile;

import static io.chancery.profile.Asked.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chancery.Failure;
import io.chancery.PkiException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** One line a case: what is asked of which profile, and which rule, if any, says no first. */
class EveryRuleAcceptsAndRefusesTest {
  private static final String NOBODY = "";

  private record Case(String rule, String refusedBy, String profile, Asked asked) {
    static Case accepts(String rule, String profile, Asked asked) {
      return new Case(rule, NOBODY, profile, asked);
    }

    static Case refuses(String rule, String profile, Asked asked) {
      return new Case(rule, rule, profile, asked);
    }

    Verdict verdict() {
      return Asked.SHIPPED.judge(Asked.shipped(profile), asked.request()).stream()
          .filter(verdict -> verdict.rule().equals(rule))
          .findFirst()
          .orElseThrow();
    }
  }

  private static final String BASIC_CONSTRAINTS = "2.5.29.19";
  private static final String KEY_USAGE = "2.5.29.15";
  private static final String EXTENDED_KEY_USAGE = "2.5.29.37";

  private static final List<Case> CASES =
      List.of(
          Case.accepts("profile-allowed", "tls-server", plain()),
          Case.accepts("profile-allowed", "tls-server", plain().profiles("tls-server", "tls-peer")),
          Case.refuses("profile-allowed", "tls-server", plain().profiles("tls-client")),
          Case.accepts("profile-allowed", "ocsp-responder", responder().profiles("ocsp-responder")),
          Case.refuses("profile-allowed", "ocsp-responder", responder()),
          Case.refuses("profile-allowed", "ocsp-responder", responder().profiles("tls-server")),
          Case.accepts("key-algorithm", "tls-server", plain().key("rsa-2048")),
          Case.accepts("key-algorithm", "tls-server", plain().key("ed25519")),
          Case.refuses("key-algorithm", "tls-server", plain().key("ec-p521")),
          Case.refuses("key-algorithm", "tls-server", plain().key("rsa-2056")),
          Case.refuses(
              "key-algorithm",
              "ocsp-responder",
              responder().profiles("ocsp-responder").key("ed25519")),
          Case.accepts("validity", "tls-server", plain().validity(Duration.ofDays(90))),
          Case.accepts("validity", "tls-server", plain().validity(Duration.ofMinutes(6))),
          Case.refuses(
              "validity", "tls-server", plain().validity(Duration.ofDays(90).plusSeconds(1))),
          Case.refuses("validity", "tls-server", plain().validity(Duration.ofMinutes(5))),
          Case.refuses("validity", "tls-server", plain().validity(Duration.ZERO)),
          Case.refuses("validity", "tls-server", plain().validity(Duration.ofDays(-1))),
          // CA:FALSE as openssl writes it, and with the default spelled out.
          Case.accepts("requested-extensions", "tls-server", asks(BASIC_CONSTRAINTS, "3000")),
          Case.accepts("requested-extensions", "tls-server", asks(BASIC_CONSTRAINTS, "3003010100")),
          Case.refuses("requested-extensions", "tls-server", asks(BASIC_CONSTRAINTS, "30030101ff")),
          // pathlen:0 without cA.
          Case.refuses("requested-extensions", "tls-server", asks(BASIC_CONSTRAINTS, "3003020100")),
          // digitalSignature and keyEncipherment: harmless, and not given.
          Case.accepts("requested-extensions", "tls-server", asks(KEY_USAGE, "030205a0")),
          // keyCertSign, then cRLSign.
          Case.refuses("requested-extensions", "tls-server", asks(KEY_USAGE, "03020204")),
          Case.refuses("requested-extensions", "tls-server", asks(KEY_USAGE, "03020102")),
          // clientAuth, OCSPSigning, anyExtendedKeyUsage.
          Case.accepts(
              "requested-extensions",
              "tls-server",
              asks(EXTENDED_KEY_USAGE, "300a06082b06010505070302")),
          Case.refuses(
              "requested-extensions",
              "tls-server",
              asks(EXTENDED_KEY_USAGE, "300a06082b06010505070309")),
          Case.accepts(
              "requested-extensions",
              "ocsp-responder",
              responder()
                  .profiles("ocsp-responder")
                  .extension(EXTENDED_KEY_USAGE, "300a06082b06010505070309")),
          Case.refuses(
              "requested-extensions", "tls-server", asks(EXTENDED_KEY_USAGE, "30060604551d2500")),
          Case.accepts("requested-extensions", "tls-server", asks("1.2.3.4", "0500")),
          Case.refuses("requested-extensions", "tls-server", plain().critical("1.2.3.4", "0500")),
          Case.refuses("requested-extensions", "tls-server", asks(KEY_USAGE, "30")),
          Case.accepts("subject-attributes", "tls-server", plain().subject("CN=a.internal.test")),
          Case.refuses("subject-attributes", "tls-server", opensslDefaults()),
          Case.accepts("subject-attributes", "partner-client", plain().subject("O=Partner, CN=x")),
          Case.refuses(
              "subject-attributes", "partner-client", plain().subject("O=Partner, OU=x, CN=x")),
          Case.accepts("common-name", "tls-server", plain().subject("CN=A.Internal.test")),
          Case.accepts(
              "common-name", "tls-server", plain().noNames().subject("CN=b.internal.test")),
          Case.accepts("common-name", "tls-server", plain().noNames().subject("CN=10.1.2.3")),
          Case.accepts(
              "common-name",
              "tls-client",
              plain().inCsr("uri:spiffe://bank/a").subject("CN=spiffe://bank/a")),
          Case.refuses("common-name", "tls-server", plain().subject("CN=b.internal.test")),
          Case.refuses("common-name", "tls-server", plain().noNames().subject("CN=Our server")),
          // The names that the caller gave count, not those of the CSR.
          Case.refuses(
              "common-name",
              "tls-server",
              plain().subject("CN=a.internal.test").instead("dns:b.internal.test")),
          Case.accepts("name-kinds", "tls-server", plain().inCsr("ip:10.0.0.1")),
          Case.refuses("name-kinds", "tls-server", plain().inCsr("uri:spiffe://bank/a")),
          Case.refuses("name-kinds", "tls-client", plain().inCsr("ip:10.0.0.1")),
          Case.accepts("wildcard", "tls-server", plain()),
          Case.refuses("wildcard", "tls-server", plain().inCsr("dns:*.internal.test")),
          Case.refuses("wildcard", "tls-server", plain().noNames().subject("CN=*.internal.test")),
          Case.accepts("name-count", "tls-server", plain()),
          Case.accepts("name-count", "tls-server", plain().inCsr(hosts(50))),
          Case.accepts(
              "name-count", "tls-server", plain().inCsr(repeated("dns:a.internal.test", 51))),
          Case.refuses("name-count", "tls-server", plain().noNames()),
          Case.refuses("name-count", "tls-server", plain().inCsr(hosts(51))),
          Case.refuses("name-count", "partner-client", plain().noNames().subject("CN=Partner")),
          Case.accepts(
              "name-allowed", "tls-peer", plain().inCsr("ip:10.9.9.9", "uri:spiffe://bank/x")),
          Case.accepts(
              "name-allowed",
              "tls-server",
              plain().inCsr("dns:evil.test").instead("dns:a.internal.test")),
          Case.refuses("name-allowed", "tls-server", plain().inCsr("dns:evil.test")),
          Case.refuses("name-allowed", "tls-server", plain().instead("dns:evil.test")),
          Case.refuses("name-allowed", "tls-server", plain().noNames().subject("CN=evil.test")),
          Case.refuses("name-allowed", "tls-server", plain().allowed()),
          // A token narrows what the organization may hold, and never widens it.
          Case.accepts("name-allowed", "tls-server", plain().narrowed("dns:a.internal.test")),
          Case.refuses("name-allowed", "tls-server", plain().narrowed("dns:b.internal.test")),
          Case.refuses(
              "name-allowed", "tls-server", plain().inCsr("dns:x.test").narrowed("dns:x.test")),
          // The authority's own names are nobody's whose allowance does not say so.
          Case.refuses("name-allowed", "tls-client", plain().inCsr("uri:urn:chancery:console")),
          Case.accepts(
              "name-allowed",
              "tls-client",
              plain().inCsr("uri:urn:chancery:console").allowed("uri:urn:chancery:")),
          Case.accepts("name-in-subject", "partner-client", plain().subject("CN=Partner Inc.")),
          Case.accepts("name-in-subject", "partner-client", plain().subject("CN=payments")),
          Case.accepts("name-in-subject", "partner-client", plain().subject("CN=a.internal.test")),
          Case.accepts("name-in-subject", "tls-server", plain().subject("CN=a.internal.test")),
          Case.refuses("name-in-subject", "partner-client", plain().subject("CN=login.bank.test")),
          Case.refuses("name-in-subject", "partner-client", plain().subject("CN=*.bank.test")),
          Case.refuses("name-in-subject", "partner-client", plain().subject("CN=192.0.2.1")),
          Case.refuses("name-in-subject", "partner-client", plain().subject("CN=fd00::1")),
          Case.refuses("name-in-subject", "partner-client", plain().subject("CN=ceo@evil.test")),
          Case.refuses("name-in-subject", "partner-client", plain().subject("CN=URN:chancery:x")),
          Case.refuses("name-in-subject", "partner-client", plain().subject("CN=https://a.test/")),
          Case.accepts("identity", "ocsp-responder", responder().profiles("ocsp-responder")),
          Case.refuses(
              "identity", "ocsp-responder", responder().profiles("ocsp-responder").subject("")));

  private static Asked responder() {
    return plain().noNames().subject("CN=OCSP 1");
  }

  private static Asked asks(String oid, String hex) {
    return plain().extension(oid, hex);
  }

  private static Asked opensslDefaults() {
    return plain().subject("C=AU, ST=Some-State, O=Internet Widgits Pty Ltd");
  }

  private static String[] hosts(int count) {
    return Stream.iterate(1, i -> i + 1)
        .limit(count)
        .map(i -> "dns:h" + i + ".internal.test")
        .toArray(String[]::new);
  }

  private static String[] repeated(String name, int count) {
    return Stream.generate(() -> name).limit(count).toArray(String[]::new);
  }

  @TestFactory
  Stream<DynamicTest> cases() {
    return CASES.stream().map(one -> DynamicTest.dynamicTest(one.toString(), () -> check(one)));
  }

  private static void check(Case one) {
    Profile profile = Asked.shipped(one.profile());
    Request request = one.asked().request();
    if (one.refusedBy().equals(NOBODY)) {
      assertThat(one.verdict()).isEqualTo(new Verdict.Accepted(one.rule()));
      // What one rule is asked to accept, no other may stumble over.
      assertThat(Asked.SHIPPED.approve(profile, request).profile()).isEqualTo(profile);
      return;
    }
    Verdict.Refused refused = (Verdict.Refused) one.verdict();
    assertThat(refused.reason()).isNotBlank().doesNotContain("\n");
    assertThat(refused.remedy()).isNotBlank().doesNotContain("\n");
    PkiException thrown =
        catchThrowableOfType(PkiException.class, () -> Asked.SHIPPED.approve(profile, request));
    assertThat(thrown.failure())
        .isEqualTo(new Failure.Refused(one.rule(), refused.reason(), refused.remedy()));
  }

  @Test
  void everyRuleHasCasesOfBothKinds() {
    for (Rule rule : Profiles.RULES) {
      List<Case> cases = CASES.stream().filter(one -> one.rule().equals(rule.name())).toList();
      assertThat(cases).as(rule.name()).anyMatch(one -> one.refusedBy().equals(NOBODY));
      assertThat(cases).as(rule.name()).anyMatch(one -> one.refusedBy().equals(rule.name()));
    }
  }

  @Test
  void everyRuleThatIsWrittenIsAsked() {
    assertThat(Profiles.RULES.stream().map(Object::getClass).toList())
        .doesNotHaveDuplicates()
        .hasSameElementsAs(Arrays.asList(Rule.class.getPermittedSubclasses()));
    assertThat(Profiles.RULES.stream().map(Rule::name).toList())
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[a-z]+(-[a-z]+)*"));
  }

  @Test
  void everyRuleIsHeardInOrder() {
    List<Verdict> verdicts =
        Asked.SHIPPED.judge(Asked.shipped("tls-server"), opensslDefaults().noNames().request());

    assertThat(verdicts.stream().map(Verdict::rule).toList())
        .isEqualTo(Profiles.RULES.stream().map(Rule::name).toList());
    assertThat(
            verdicts.stream().filter(Verdict.Refused.class::isInstance).map(Verdict::rule).toList())
        .containsExactly("subject-attributes", "name-count", "identity");
  }
}
