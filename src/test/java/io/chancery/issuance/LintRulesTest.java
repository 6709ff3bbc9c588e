package io.chancery.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.issuance.der.SignedDer;
import io.chancery.issuance.lint.Authority;
import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.NameConstraintSet;
import io.chancery.issuance.lint.Specimen;
import io.chancery.testing.MemoryKey;
import io.chancery.x509.CrlScope;
import io.chancery.x509.Der;
import io.chancery.x509.KeyId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** For every rule, certificates that break it and no other rule; and no rule without one. */
class LintRulesTest {
  private static final Scene SCENE =
      new Scene(
          MemoryKey.named("root"),
          MemoryKey.named("issuing"),
          new NameConstraints(
              List.of(), List.of("excluded.test"), List.of(), List.of("192.0.2.0/24")));

  static Stream<LintCase> cases() {
    return Stream.of(
            LintCases.body(), LintCases.names(), LintCases.extensions(), LintCases.authorities())
        .flatMap(List::stream);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void breaksThisRuleAndNoOther(LintCase one) {
    assertThat(broken(one)).containsExactly(one.rule());
  }

  @Test
  void everyRuleHasACase() {
    assertThat(cases().map(LintCase::rule).distinct())
        .containsExactlyInAnyOrderElementsOf(Lints.all().stream().map(Lint::name).toList());
  }

  @Test
  void noTwoRulesShareAName() {
    assertThat(Lints.all().stream().map(Lint::name)).doesNotHaveDuplicates();
    assertThat(Lints.all()).hasSizeGreaterThanOrEqualTo(25);
    assertThat(Lints.all())
        .allSatisfy(
            rule -> {
              assertThat(rule.name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
              assertThat(rule.clause()).matches(".*[0-9].*");
            });
  }

  @Test
  void theUntouchedCertificatesBreakNothing() {
    for (LintCase.Base base : LintCase.Base.values()) {
      assertThat(broken(new LintCase("none", base, knobs -> {}))).describedAs("%s", base).isEmpty();
    }
  }

  private static List<String> broken(LintCase one) {
    Knobs knobs = new Knobs(tbs(one.base()));
    one.turn().accept(knobs);
    Specimen specimen = Specimen.of(knobs.certificate(), authority(one.base()));
    List<Lint> rules =
        one.base() == LintCase.Base.AUTHORITY ? Lints.ofAuthority() : Lints.ofEndEntity();
    return Lints.judge(rules, specimen).stream()
        .filter(result -> !result.passed())
        .map(LintResult::rule)
        .toList();
  }

  private static Der tbs(LintCase.Base base) {
    return switch (base) {
      case SERVER -> SCENE.issuer.prepare(Scene.server(), Scene.SERIAL, Scene.NOW).tbs();
      case RESPONDER ->
          SCENE
              .issuer
              .prepare(
                  Scene.approve(Scene.responder(), "CN=OCSP responder"), Scene.SERIAL, Scene.NOW)
              .tbs();
      case SHORT_LIVED ->
          SCENE
              .issuer
              .prepare(
                  Scene.approve(Scene.shortLived(), "", "dns:a.internal.test"),
                  Scene.SERIAL,
                  Scene.NOW)
              .tbs();
      case AUTHORITY -> Der.of(SignedDer.body(SCENE.issuing.der().octets()));
    };
  }

  private static Authority authority(LintCase.Base base) {
    CaCertificate above =
        CaCertificate.of(base == LintCase.Base.AUTHORITY ? SCENE.root : SCENE.issuing);
    return new Authority(
        above.subject(),
        above.validity(),
        KeyId.of(above.keyInfo()).hex(),
        SCENE.issuingKey.algorithm(),
        base == LintCase.Base.AUTHORITY
            ? Optional.empty()
            : Optional.of(
                new Authority.Addresses(
                    Scene.ADDRESSES.crl(Scene.ISSUING, CrlScope.WHOLE),
                    Scene.ADDRESSES.delta(Scene.ISSUING),
                    Scene.ADDRESSES.ocsp(),
                    Scene.ADDRESSES.certificate(Scene.ISSUING))),
        above.pathLength(),
        NameConstraintSet.of(above.nameConstraints().stream().toList()));
  }
}
