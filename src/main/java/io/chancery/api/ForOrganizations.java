package io.chancery.api;

import io.chancery.Failure;
import io.chancery.profile.Audience;
import io.chancery.profile.ProfileName;
import io.chancery.profile.Profiles;

/** What an operator may hand to an organization or a token: never the authority's own profiles. */
public final class ForOrganizations {
  private ForOrganizations() {}

  public static void mustBe(Profiles profiles, String name) {
    if (profiles.named(new ProfileName(name)).audience() != Audience.ORGANIZATIONS) {
      throw new Failure.Refused(
              "profile-audience",
              "profile " + name + " is for the authority itself",
              "leave it out")
          .thrown();
    }
  }
}
