package io.chancery.profile;

/**
 * One reason to refuse a request. A rule says yes or no to a whole {@link Draft}, throws nothing,
 * and tells the person who asked what to change.
 */
sealed interface Rule
    permits ProfileAllowedRule,
        KeyAlgorithmRule,
        ValidityRule,
        RequestedExtensionsRule,
        SubjectAttributesRule,
        CommonNameRule,
        NameKindsRule,
        WildcardRule,
        NameCountRule,
        NameAllowedRule,
        NameInSubjectRule,
        IdentityRule {
  /** Stable, since clients act on it. */
  String name();

  Verdict judge(Draft draft);

  default Verdict accepted() {
    return new Verdict.Accepted(name());
  }

  default Verdict refused(String reason, String remedy) {
    return new Verdict.Refused(name(), reason, remedy);
  }
}
