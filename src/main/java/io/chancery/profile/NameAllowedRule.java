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
      return "it may hold no names yet: ask an operator to allow some";
    }
    return "it may hold "
        + Wording.list(allowance.names().stream().map(NamePattern::text).toList())
        + "; ask an operator for more";
  }
}
