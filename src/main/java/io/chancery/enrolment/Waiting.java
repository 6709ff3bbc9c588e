package io.chancery.enrolment;

import io.chancery.approval.Approvals;
import io.chancery.approval.Draft;
import io.chancery.approval.Halts;
import io.chancery.approval.People;
import io.chancery.approval.Proposal;
import io.chancery.inventory.Reservation;
import io.chancery.inventory.sql.Trip;
import io.chancery.warrant.Deed;
import io.chancery.warrant.ExactBytes;
import io.chancery.warrant.Register;
import io.chancery.warrant.Warrant;
import io.chancery.x509.Csr;
import io.chancery.x509.SerialNumber;
import io.chancery.x509.TbsText;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.StringJoiner;
import java.util.UUID;

/** What keeps a reservation from being signed: other people's word, or the switch. */
@Singleton
final class Waiting {
  private static final int LONGEST = 4_000;

  private final Approvals approvals;
  private final Halts halts;
  private final People people;

  @Inject
  Waiting(Approvals approvals, Halts halts, People people) {
    this.approvals = approvals;
    this.halts = halts;
    this.people = people;
  }

  /** In the transaction that would lead to a signature: {@code Unavailable} while halted. */
  void mustNotBeHalted(Trip trip) {
    halts.mustNotBeHalted(trip);
  }

  /** In the transaction of the reservation: there is never one that nobody is asked about. */
  UUID propose(EnrolmentRequest request, Reservation reservation) {
    return approvals
        .proposeWithin(
            request.caller(),
            new Draft(
                Deed.CERTIFICATE,
                reservation.serial().hex(),
                reservation.organization(),
                octets(reservation),
                summary(reservation, request.csr()),
                "",
                OptionalInt.of(reservation.approvals())))
        .id();
  }

  Optional<Proposal> of(SerialNumber serial) {
    return approvals.about(Deed.CERTIFICATE, serial.hex());
  }

  Warrant warrant(Proposal proposal) {
    return approvals.warrant(proposal);
  }

  Register register() {
    return people;
  }

  static ExactBytes octets(Reservation reservation) {
    return ExactBytes.of(reservation.tbs().octets());
  }

  private static String summary(Reservation reservation, Csr csr) {
    StringJoiner lines = new StringJoiner("\n");
    lines.add("A certificate of the profile " + reservation.profile());
    lines.add("for " + reservation.organization() + ", asked by " + reservation.requester());
    TbsText.lines(reservation.tbs()).forEach(lines::add);
    Differences.between(csr, reservation.tbs())
        .forEach(line -> lines.add("other than in the request: " + line));
    String text = lines.toString();
    return text.length() <= LONGEST
        ? text
        : text.substring(0, LONGEST - 40) + "\n... read the octets themselves";
  }
}
