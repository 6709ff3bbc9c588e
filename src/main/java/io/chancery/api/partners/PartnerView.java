package io.chancery.api.partners;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chancery.membership.Partner;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A partner as JSON.
 *
 * @param state invited, requested, admitted, leaving, left
 * @param proposal of its admission
 * @param revocation the list that revokes what is left
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PartnerView(
    String organization,
    String state,
    String sandboxProfile,
    List<String> profiles,
    Optional<String> request,
    Optional<String> proposal,
    Optional<String> revocation,
    Instant changedAt) {
  static PartnerView of(Partner partner) {
    return new PartnerView(
        partner.organization().value(),
        partner.state().name().toLowerCase(Locale.ROOT),
        partner.sandboxProfile(),
        partner.profiles(),
        there(partner.request()),
        there(partner.proposal()),
        there(partner.revocation()),
        partner.changedAt());
  }

  private static Optional<String> there(String text) {
    return Optional.of(text).filter(one -> !one.isEmpty());
  }
}
