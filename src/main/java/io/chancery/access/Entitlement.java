package io.chancery.access;

import io.chancery.Failure;
import java.util.List;

/**
 * What certificates may be asked for. Profiles by name, names by pattern; empty profiles mean every
 * profile for organizations. A certificate name must be covered by {@code names}, and by {@code
 * narrowed} where that is not empty.
 */
public record Entitlement(List<String> profiles, List<String> names, List<String> narrowed) {
  public Entitlement {
    profiles = List.copyOf(profiles);
    names = List.copyOf(names);
    narrowed = List.copyOf(narrowed);
  }

  /** This, taken as a narrowing of {@code whole}. */
  Entitlement within(Entitlement whole) {
    List<String> both =
        profiles.isEmpty()
            ? whole.profiles
            : whole.profiles.isEmpty()
                ? profiles
                : profiles.stream().filter(whole.profiles::contains).toList();
    if (both.isEmpty() && !profiles.isEmpty()) {
      throw new Failure.Forbidden(
              "using this token", "a profile that its organization is still allowed")
          .thrown();
    }
    return new Entitlement(both, whole.names, names);
  }
}
