package io.chancery.profile;

import java.time.Duration;

/** The length that is asked for is within the profile's bounds. */
record ValidityRule() implements Rule {
  @Override
  public String name() {
    return "validity";
  }

  @Override
  public Verdict judge(Draft draft) {
    Profile profile = draft.profile();
    Duration asked = draft.validity();
    if (asked.compareTo(profile.longest()) > 0) {
      return refused(
          "asks for " + Span.text(asked) + ", longer than " + Span.text(profile.longest()),
          remedy(profile));
    }
    // notBefore lies backdate in the past, so a shorter one would have ended when it is issued.
    if (asked.compareTo(profile.backdate()) <= 0) {
      return refused(
          "asks for " + Span.text(asked) + ", not longer than " + Span.text(profile.backdate()),
          remedy(profile));
    }
    return accepted();
  }

  private static String remedy(Profile profile) {
    return "ask for more than "
        + Span.text(profile.backdate())
        + " and at most "
        + Span.text(profile.longest())
        + ", or name no length and get "
        + Span.text(profile.validity());
  }
}
