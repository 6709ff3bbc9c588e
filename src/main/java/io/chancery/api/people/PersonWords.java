package io.chancery.api.people;

import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.PkiException;
import io.chancery.Quoted;
import io.chancery.Role;
import io.chancery.access.Identity;
import io.chancery.access.Person;
import io.chancery.access.foreign.ForeignAuthorities;
import io.chancery.access.jwt.TokenIssuers;
import io.chancery.api.ForOrganizations;
import io.chancery.api.OneLine;
import io.chancery.profile.NamePattern;
import io.chancery.profile.Profiles;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what a request says of a person. */
@Singleton
final class PersonWords {
  private static final int MOST_IDENTITIES = 20;

  private final Profiles profiles;
  private final TokenIssuers issuers;
  private final ForeignAuthorities foreign;

  @Inject
  PersonWords(Profiles profiles, TokenIssuers issuers, ForeignAuthorities foreign) {
    this.profiles = profiles;
    this.issuers = issuers;
    this.foreign = foreign;
  }

  Person person(
      String id,
      OrganizationId organization,
      @Nullable PersonView asked,
      Optional<Instant> disabledAt) {
    if (asked == null) {
      throw malformed("body", "is empty");
    }
    List<String> forProfiles = OneLine.all("profiles", asked.profiles());
    forProfiles.forEach(name -> ForOrganizations.mustBe(profiles, name));
    return new Person(
        id,
        organization,
        OneLine.of("displayName", asked.displayName() == null ? id : asked.displayName()),
        OneLine.of("contact", asked.contact() == null ? "" : asked.contact()),
        human(asked.kind()),
        OneLine.all("roles", asked.roles()).stream()
            .map(PersonWords::role)
            .collect(Collectors.toSet()),
        Boolean.TRUE.equals(asked.everywhere()),
        forProfiles,
        OneLine.all("names", asked.names()).stream()
            .map(NamePattern::new)
            .map(NamePattern::text)
            .toList(),
        identities(asked.identities()),
        Boolean.FALSE.equals(asked.disabled()) ? Optional.empty() : disabledAt);
  }

  private List<Identity> identities(@Nullable List<PersonView.@Nullable IdentityView> asked) {
    if (asked == null || asked.isEmpty() || asked.size() > MOST_IDENTITIES) {
      throw malformed("identities", "must be 1 to " + MOST_IDENTITIES);
    }
    return asked.stream().map(this::identity).toList();
  }

  private Identity identity(PersonView.@Nullable IdentityView asked) {
    if (asked == null || asked.kind() == null || asked.value() == null) {
      throw malformed("identities", "each needs kind and value");
    }
    Identity identity =
        new Identity(
            Identity.kind(asked.kind()),
            asked.issuer() == null ? "" : asked.issuer(),
            OneLine.of("value", asked.value()));
    boolean known =
        identity.kind() == Identity.Kind.TOKEN
            ? issuers.knows(identity.issuer())
            : identity.issuer().isEmpty() || foreign.knows(identity.issuer());
    if (!known) {
      throw new Failure.Refused(
              "identity-issuer",
              Quoted.of(identity.issuer()) + " is not configured",
              "configure it under chancery.token-issuers or chancery.foreign-authorities")
          .thrown();
    }
    return identity;
  }

  private static boolean human(@Nullable String kind) {
    return switch (kind == null ? "human" : kind) {
      case "human" -> true;
      case "program" -> false;
      default -> throw malformed("kind", "is neither human nor program");
    };
  }

  private static Role role(String text) {
    return Arrays.stream(Role.values())
        .filter(role -> role.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                malformed(
                    "roles",
                    Quoted.of(text)
                        + " is none of service, requester, approver, operator, auditor, admin"));
  }

  private static PkiException malformed(String where, String reason) {
    return new Failure.Malformed(where, "", reason, "Chancery API").thrown();
  }
}
