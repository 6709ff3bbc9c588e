package io.chancery.profile;

import io.chancery.Failure;
import io.chancery.x509.IssuerName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Every profile, read once at start and never changed. */
public final class Profiles {
  /** In the order they are asked: what the requester cannot change first, names last. */
  static final List<Rule> RULES =
      List.of(
          new ProfileAllowedRule(),
          new KeyAlgorithmRule(),
          new ValidityRule(),
          new RequestedExtensionsRule(),
          new SubjectAttributesRule(),
          new CommonNameRule(),
          new NameKindsRule(),
          new WildcardRule(),
          new NameCountRule(),
          new NameAllowedRule(),
          new NameInSubjectRule(),
          new IdentityRule());

  private final Map<ProfileName, Profile> byName = new LinkedHashMap<>();
  private final Map<ProfileName, ProfileSource> sources = new LinkedHashMap<>();

  public Profiles(List<Profile> profiles) {
    profiles.forEach(profile -> add(profile, "profiles"));
  }

  /** The profiles that come with the program. */
  public static Profiles shipped() {
    return of(ProfileSources.shipped());
  }

  /**
   * The profiles of a folder, one a file; anything wrong in any of them is {@code Misconfigured}.
   */
  public static Profiles load(Path folder) {
    return of(ProfileSources.in(folder));
  }

  static Profiles of(List<ProfileSource> sources) {
    Profiles profiles = new Profiles(List.of());
    for (ProfileSource source : sources) {
      Profile profile = ProfileYaml.read(source);
      profiles.add(profile, source.file() + ", name");
      profiles.sources.put(profile.name(), source);
    }
    return profiles;
  }

  /** Refuses the start where a profile names an issuer that is not there. */
  public void mustBeIssuedBy(Set<IssuerName> issuers) {
    for (Profile profile : byName.values()) {
      if (!issuers.contains(profile.issuer())) {
        throw new Failure.Misconfigured(
                file(profile.name()) + ", issuer",
                "there is no issuer " + profile.issuer(),
                issuers.isEmpty()
                    ? "make one with the ceremony"
                    : "use one of " + sorted(issuers) + ", or make this one with the ceremony")
            .thrown();
      }
    }
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

  /** The file a profile was read from; empty for one that was not read from a file. */
  public Optional<ProfileSource> source(ProfileName name) {
    return Optional.ofNullable(sources.get(name));
  }

  /** What each rule says, in the order the rules are asked; nothing is thrown. */
  public List<Verdict> judge(Profile profile, Request request) {
    Draft draft = Draft.of(profile, request);
    List<Verdict> verdicts = new ArrayList<>();
    RULES.forEach(rule -> verdicts.add(rule.judge(draft)));
    return List.copyOf(verdicts);
  }

  /** The agreement, or the first refusal as {@code Refused}. */
  public Approval approve(Profile profile, Request request) {
    Draft draft = Draft.of(profile, request);
    for (Rule rule : RULES) {
      if (rule.judge(draft) instanceof Verdict.Refused refused) {
        throw new Failure.Refused(refused.rule(), refused.reason(), refused.remedy()).thrown();
      }
    }
    return new Approval(
        profile, draft.subject(), draft.names(), request.csr().key(), draft.validity());
  }

  private void add(Profile profile, String where) {
    if (byName.putIfAbsent(profile.name(), profile) != null) {
      throw new Failure.Misconfigured(
              where,
              "profile " + profile.name() + " is in " + file(profile.name()) + " already",
              "give it another name, or remove one of the two")
          .thrown();
    }
  }

  private String file(ProfileName name) {
    return source(name).map(ProfileSource::file).orElse("profile " + name);
  }

  private static String sorted(Set<IssuerName> issuers) {
    return issuers.stream().map(IssuerName::value).sorted().collect(Collectors.joining(", "));
  }
}
