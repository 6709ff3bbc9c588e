package io.chancery.revocation;

import io.chancery.inventory.Redone;
import io.chancery.inventory.RequestKey;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Redo;
import io.chancery.x509.CertificateStatus;
import io.chancery.x509.CrlScope;
import io.chancery.x509.IssuerName;
import io.chancery.x509.RevocationReason;
import io.chancery.x509.SerialNumber;
import io.chancery.x509.Thumbprint;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Changes of status, and how far the CRL numbers had come. A CRL itself is not on the roll: the
 * next one is signed with a number above every one that was given.
 */
@Singleton
final class RedoRevocations implements Redo {
  private final Redone book;
  private final CrlBook crls;

  @Inject
  RedoRevocations(Redone book, CrlBook crls) {
    this.book = book;
    this.crls = crls;
  }

  @Override
  public Set<EventKind> kinds() {
    return Set.of(
        EventKind.CERTIFICATE_HELD,
        EventKind.CERTIFICATE_RELEASED,
        EventKind.CERTIFICATE_REVOKED,
        EventKind.CRL_RESERVED);
  }

  @Override
  public void redo(Event event) {
    switch (event.kind()) {
      case CERTIFICATE_HELD -> status(event, new CertificateStatus.Held(time(event, "since")));
      case CERTIFICATE_RELEASED -> status(event, CertificateStatus.GOOD);
      case CERTIFICATE_REVOKED -> status(event, revoked(event));
      case CRL_RESERVED -> numbered(event);
      default -> throw new IllegalArgumentException("not of this room: " + event.kind());
    }
  }

  private void status(Event event, CertificateStatus status) {
    int version = Integer.parseInt(event.fact("version"));
    SerialNumber serial = SerialNumber.parse(event.subject());
    book.status(serial, status, version, event.at());
    String key = event.fact("idempotencyKey");
    if (!key.isEmpty()) {
      Thumbprint hash = new Thumbprint(event.fact("requestHash"));
      book.bind(new RequestKey(event.actor(), key, hash), serial, event.at());
    }
  }

  private static CertificateStatus revoked(Event event) {
    return new CertificateStatus.Revoked(
        time(event, "since"),
        RevocationReason.parse(event.fact("reason")),
        Optional.of(event.fact("invalidityDate"))
            .filter(text -> !text.isEmpty())
            .map(Instant::parse));
  }

  /** Neither the number nor thisUpdate ever goes back (RFC 5280 s5.2.3). */
  private void numbered(Event event) {
    // Entries of a time before shards are about the whole issuer.
    CrlScope scope = new CrlScope(event.facts().getOrDefault("scope", ""));
    crls.reached(
        new IssuerName(event.subject()),
        scope,
        new CrlBook.Numbered(Long.parseLong(event.fact("number")), time(event, "thisUpdate")));
  }

  private static Instant time(Event event, String fact) {
    return Instant.parse(event.fact(fact));
  }
}
