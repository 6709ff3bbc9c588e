package io.chancery.profile;

import io.chancery.Failure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every profile, read once at start and never changed. */
public final class Profiles {
  private final Map<ProfileName, Profile> byName = new LinkedHashMap<>();

  public Profiles(List<Profile> profiles) {
    profiles.forEach(profile -> byName.put(profile.name(), profile));
  }

  /** The profile of this name, or {@code NotFound}. */
  public Profile named(ProfileName name) {
    Profile profile = byName.get(name);
    if (profile == null) {
      throw new Failure.NotFound("profile", name.value()).thrown();
    }
    return profile;
  }

  public List<Profile> all() {
    return List.copyOf(byName.values());
  }

  /** What each rule says, in the order the rules are asked; nothing is thrown. */
  public List<Verdict> judge(Profile profile, Request request) {
    throw new IllegalStateException("written by the profile room");
  }

  /** The agreement, or the first refusal as {@code Refused}. */
  public Approval approve(Profile profile, Request request) {
    throw new IllegalStateException("written by the profile room");
  }
}
