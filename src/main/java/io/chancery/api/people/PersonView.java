package io.chancery.api.people;

import io.chancery.access.Person;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A person as JSON.
 *
 * @param id given here; ignored in requests
 * @param kind {@code human} or {@code program}
 * @param roles service, requester, approver, operator, auditor, admin
 * @param everywhere whether the roles hold in every organization
 * @param profiles the only profiles it may ask for; left out: those of its organization
 * @param names the only names it may ask for, as patterns; left out: those of its organization
 * @param disabledAt since when it is no longer served; ignored in requests, but {@code
 *     disabled:false} ends it
 * @param comment of a request: for those who are to approve it
 */
public record PersonView(
    @Nullable String id,
    @Nullable String displayName,
    @Nullable String contact,
    @Nullable String kind,
    @Nullable List<@Nullable String> roles,
    @Nullable Boolean everywhere,
    @Nullable List<@Nullable String> profiles,
    @Nullable List<@Nullable String> names,
    @Nullable List<@Nullable IdentityView> identities,
    @Nullable Boolean disabled,
    @Nullable Instant disabledAt,
    @Nullable String comment) {
  /**
   * What it is known by.
   *
   * @param kind {@code name} (value {@code dns:..}, {@code uri:..}), {@code certificate} (SHA-256
   *     in hex), {@code token}
   * @param issuer left out for this authority's certificates; else the configured name of a foreign
   *     authority or of a token issuer
   */
  public record IdentityView(
      @Nullable String kind, @Nullable String issuer, @Nullable String value) {}

  static PersonView of(Person person) {
    return new PersonView(
        person.id(),
        person.displayName(),
        person.contact(),
        person.human() ? "human" : "program",
        person.roles().stream().sorted().map(role -> role.name().toLowerCase(Locale.ROOT)).toList(),
        person.actsForAll(),
        person.profiles(),
        person.names(),
        person.identities().stream()
            .map(
                one ->
                    new IdentityView(
                        one.kind().name().toLowerCase(Locale.ROOT),
                        one.issuer().isEmpty() ? null : one.issuer(),
                        one.value()))
            .toList(),
        person.disabledAt().isPresent(),
        person.disabledAt().orElse(null),
        null);
  }
}
