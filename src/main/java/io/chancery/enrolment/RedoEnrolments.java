package io.chancery.enrolment;

import io.chancery.access.Access;
import io.chancery.inventory.Redone;
import io.chancery.inventory.RequestKey;
import io.chancery.inventory.Reservation;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Redo;
import io.chancery.x509.Der;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.IssuerName;
import io.chancery.x509.SerialNumber;
import io.chancery.x509.Thumbprint;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;

/** Reservations and certificates that the roll knows and the book does not. */
@Singleton
final class RedoEnrolments implements Redo {
  private final Redone book;
  private final Access access;

  @Inject
  RedoEnrolments(Redone book, Access access) {
    this.book = book;
    this.access = access;
  }

  @Override
  public Set<EventKind> kinds() {
    return Set.of(
        EventKind.CERTIFICATE_RESERVED,
        EventKind.CERTIFICATE_ISSUED,
        EventKind.CERTIFICATE_ABANDONED);
  }

  @Override
  public void redo(Event event) {
    switch (event.kind()) {
      case CERTIFICATE_RESERVED -> reserve(event);
      case CERTIFICATE_ISSUED -> record(event);
      case CERTIFICATE_ABANDONED -> book.abandon(SerialNumber.parse(event.subject()), event.at());
      default -> throw new IllegalArgumentException("not of this room: " + event.kind());
    }
  }

  private void reserve(Event event) {
    Reservation reservation = facts(event, Der.of(event.octetsOf("tbs")));
    if (book.reserve(reservation)) {
      access.spent(event.actor());
    }
    String key = event.fact("idempotencyKey");
    if (!key.isEmpty()) {
      Thumbprint hash = new Thumbprint(event.fact("requestHash"));
      book.bind(new RequestKey(event.actor(), key, hash), reservation.serial(), event.at());
    }
  }

  private void record(Event event) {
    IssuedCertificate certificate = IssuedCertificate.parse(Der.of(event.octetsOf("der")));
    book.record(facts(event, certificate.der()), certificate, event.at());
  }

  private static Reservation facts(Event event, Der octets) {
    return new Reservation(
        SerialNumber.parse(event.subject()),
        new IssuerName(event.fact("issuer")),
        event.fact("profile"),
        event.organization(),
        event.actor(),
        event.fact("contact"),
        Optional.of(event.fact("replaces"))
            .filter(text -> !text.isEmpty())
            .map(SerialNumber::parse),
        octets,
        event.at(),
        Integer.parseInt(event.facts().getOrDefault("approvals", "0")));
  }
}
