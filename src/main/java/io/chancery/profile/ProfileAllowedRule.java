package io.chancery.profile;

import java.util.Set;

/** The organization may use the profile at all. */
record ProfileAllowedRule() implements Rule {
  @Override
  public String name() {
    return "profile-allowed";
  }

  @Override
  public Verdict judge(Draft draft) {
    Profile profile = draft.profile();
    Set<ProfileName> allowed = draft.request().allowance().profiles();
    // "Every profile" never means the authority's own: these must be named one by one.
    return switch (profile.audience()) {
      case AUTHORITY ->
          allowed.contains(profile.name())
              ? accepted()
              : refused(
                  "profile " + profile.name() + " is for the authority itself",
                  "use a profile for organizations");
      case ORGANIZATIONS ->
          allowed.isEmpty() || allowed.contains(profile.name())
              ? accepted()
              : refused(
                  "this organization may not use profile " + profile.name(),
                  "use one of "
                      + Wording.sorted(allowed)
                      + ", or ask an operator to allow this one");
    };
  }
}
