package io.chancery.enrolment;

import io.chancery.access.Access.Claim;
import io.chancery.inventory.RequestKey;
import io.chancery.inventory.Reservation;
import java.util.Optional;

/** What is to be written down before anything is signed: who asked what, and the exact octets. */
record Intention(
    EnrolmentRequest request,
    Client client,
    Reservation reservation,
    Optional<RequestKey> key,
    Optional<Claim> claim) {
  static Intention of(
      EnrolmentRequest request,
      Reservation reservation,
      Optional<RequestKey> key,
      Optional<Claim> claim) {
    return new Intention(request, Client.of(request), reservation, key, claim);
  }
}
