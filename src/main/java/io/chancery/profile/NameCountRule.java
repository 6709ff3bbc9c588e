package io.chancery.profile;

/** As many names as the profile wants. */
record NameCountRule() implements Rule {
  @Override
  public String name() {
    return "name-count";
  }

  @Override
  public Verdict judge(Draft draft) {
    NameRule rule = draft.profile().names();
    int count = draft.names().size();
    if (count < rule.least()) {
      return refused(
          "the request has "
              + count
              + " names, profile "
              + draft.profile().name()
              + " wants "
              + rule.least(),
          "add names of these kinds: "
              + Wording.sorted(rule.kinds())
              + ", such as: "
              + Wording.opensslRequest(draft));
    }
    if (count > rule.most()) {
      return refused(
          "the request has "
              + count
              + " names, profile "
              + draft.profile().name()
              + " gives "
              + rule.most(),
          "ask for fewer names, or for several certificates");
    }
    return accepted();
  }
}
