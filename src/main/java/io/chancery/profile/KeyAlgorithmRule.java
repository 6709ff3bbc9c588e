package io.chancery.profile;

import io.chancery.x509.KeyAlgorithm;

/** The key is of a kind that the profile lists. */
record KeyAlgorithmRule() implements Rule {
  @Override
  public String name() {
    return "key-algorithm";
  }

  @Override
  public Verdict judge(Draft draft) {
    KeyAlgorithm key = draft.request().csr().key().algorithm();
    if (draft.profile().keys().contains(key)) {
      return accepted();
    }
    return refused(
        "profile " + draft.profile().name() + " takes no key of kind " + key,
        "make a key of one of these kinds: " + Wording.sorted(draft.profile().keys()));
  }
}
