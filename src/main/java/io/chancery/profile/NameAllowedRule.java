package io.chancery.profile;

import io.chancery.x509.SubjectAltName;
import java.util.List;

/** Every name, as it will stand in the certificate, is one that the organization may hold. */
record NameAllowedRule() implements Rule {
  @Override
  public String name() {
    return "name-allowed";
  }

  @Override
  public Verdict judge(Draft draft) {
    Allowance allowance = draft.request().allowance();
    List<SubjectAltName> uncovered =
        draft.names().stream().filter(name -> !allowance.covers(name)).toList();
    if (uncovered.isEmpty()) {
      return accepted();
    }
    return refused("this organization may not hold " + Wording.names(uncovered), remedy(allowance));
  }

  static String remedy(Allowance allowance) {
    if (allowance.names().isEmpty()) {
      return "the organization may hold no names yet: ask an operator to allow some";
    }
    String held = "the organization may hold " + texts(allowance.names());
    return allowance.narrowed().isEmpty()
        ? held + "; ask an operator for more"
        : held + "; this credential is only for " + texts(allowance.narrowed());
  }

  private static String texts(List<NamePattern> patterns) {
    return Wording.list(patterns.stream().map(NamePattern::text).toList());
  }
}
