package io.chancery.profile;

import io.chancery.x509.SubjectAltName;
import java.util.List;
import java.util.Set;

/** Every name is of a kind that the profile gives. */
record NameKindsRule() implements Rule {
  @Override
  public String name() {
    return "name-kinds";
  }

  @Override
  public Verdict judge(Draft draft) {
    Set<String> kinds = draft.profile().names().kinds();
    List<SubjectAltName> others =
        draft.names().stream().filter(name -> !kinds.contains(name.kind())).toList();
    if (others.isEmpty()) {
      return accepted();
    }
    return refused(
        "profile " + draft.profile().name() + " gives no names such as " + Wording.names(others),
        kinds.isEmpty()
            ? "ask for no names"
            : "ask only for names of these kinds: " + Wording.sorted(kinds));
  }
}
