package io.chancery.api.partners;

import io.chancery.membership.Departure;
import java.time.Instant;

/**
 * What is left of a partner.
 *
 * @param nothingValidIsLeft no certificate in force, none that may still come, no token, nobody who
 *     is served, and the organization suspended
 */
public record DepartureView(
    PartnerView partner,
    boolean nothingValidIsLeft,
    long certificates,
    long reservations,
    long tokens,
    long people,
    boolean suspended,
    Instant asOf) {
  static DepartureView of(Departure.Left left) {
    return new DepartureView(
        PartnerView.of(left.partner()),
        left.nothing(),
        left.certificates(),
        left.reservations(),
        left.tokens(),
        left.people(),
        left.suspended(),
        left.asOf());
  }
}
