package io.chancery.issuance;

import io.chancery.Failure;
import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import io.chancery.issuance.lint.authority.AuthorityLints;
import io.chancery.issuance.lint.body.BodyLints;
import io.chancery.issuance.lint.extension.ExtensionLints;
import io.chancery.issuance.lint.name.NameLints;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Every rule there is, and which are asked of which certificate. */
final class Lints {
  private static final List<Lint> END_ENTITY =
      Stream.of(
              BodyLints.all(),
              NameLints.ofAny(),
              NameLints.ofEndEntity(),
              ExtensionLints.ofAny(),
              ExtensionLints.ofEndEntity())
          .flatMap(List::stream)
          .toList();
  private static final List<Lint> AUTHORITY =
      Stream.of(BodyLints.all(), NameLints.ofAny(), ExtensionLints.ofAny(), AuthorityLints.all())
          .flatMap(List::stream)
          .toList();

  private Lints() {}

  static List<Lint> ofEndEntity() {
    return END_ENTITY;
  }

  static List<Lint> ofAuthority() {
    return AUTHORITY;
  }

  static List<Lint> all() {
    return Stream.concat(END_ENTITY.stream(), AuthorityLints.all().stream()).toList();
  }

  static List<LintResult> judge(List<Lint> rules, Specimen specimen) {
    return rules.stream()
        .map(rule -> new LintResult(rule.name(), rule.clause(), rule.found(specimen)))
        .toList();
  }

  /** Refuses what breaks any of the rules, naming all that it breaks. */
  static void mustPass(List<Lint> rules, Specimen specimen) {
    List<Failure.LintFailed.Finding> findings = new ArrayList<>();
    for (Lint rule : rules) {
      rule.found(specimen)
          .ifPresent(
              found ->
                  findings.add(new Failure.LintFailed.Finding(rule.name(), rule.clause(), found)));
    }
    if (!findings.isEmpty()) {
      throw new Failure.LintFailed(findings).thrown();
    }
  }
}
