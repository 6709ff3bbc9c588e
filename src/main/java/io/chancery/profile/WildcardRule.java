package io.chancery.profile;

import io.chancery.x509.SubjectAltName;
import java.util.List;

/** Wildcards only where the profile gives them. */
record WildcardRule() implements Rule {
  @Override
  public String name() {
    return "wildcard";
  }

  @Override
  public Verdict judge(Draft draft) {
    List<SubjectAltName> wildcards =
        draft.names().stream()
            .filter(name -> name instanceof SubjectAltName.Dns dns && dns.wildcard())
            .toList();
    return switch (draft.profile().names().wildcards()) {
      case ALLOWED -> accepted();
      case REFUSED ->
          wildcards.isEmpty()
              ? accepted()
              : refused(
                  "profile "
                      + draft.profile().name()
                      + " gives no wildcards, and "
                      + Wording.names(wildcards)
                      + " is one",
                  "ask for each host by its name");
    };
  }
}
