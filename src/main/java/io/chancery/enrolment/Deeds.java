package io.chancery.enrolment;

import io.chancery.inventory.Entry;
import io.chancery.inventory.RequestKey;
import io.chancery.inventory.Reservation;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.x509.Csr;
import io.chancery.x509.SerialNumber;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The events of this room. What the HSM is asked to sign and what came of it stand on the roll
 * whole, so that a replay makes the book from the roll alone; a request stands by its SHA-256.
 */
final class Deeds {
  private Deeds() {}

  static Event reserved(Reservation reservation, Csr csr, Optional<RequestKey> key) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("issuer", reservation.issuer().value());
    facts.put("profile", reservation.profile());
    facts.put("tbs", Event.octets(reservation.tbs().octets()));
    facts.put("csr", csr.der().thumbprint().hex());
    facts.put("contact", reservation.contact());
    facts.put("replaces", reservation.replaces().map(SerialNumber::hex).orElse(""));
    facts.put("idempotencyKey", key.map(RequestKey::key).orElse(""));
    if (reservation.approvals() > 0) {
      facts.put("approvals", String.valueOf(reservation.approvals()));
    }
    facts.put("requestHash", key.map(one -> one.requestHash().hex()).orElse(""));
    return new Event(
        reservation.reservedAt(),
        EventKind.CERTIFICATE_RESERVED,
        reservation.requester(),
        reservation.organization(),
        reservation.serial().hex(),
        facts);
  }

  static Event resumed(Reservation reservation, Instant at) {
    return new Event(
        at,
        EventKind.CERTIFICATE_RESUMED,
        reservation.requester(),
        reservation.organization(),
        reservation.serial().hex(),
        Map.of("tbs", reservation.tbs().thumbprint().hex()));
  }

  static Event issued(Entry entry, Instant at) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("issuer", entry.issuer().value());
    facts.put("profile", entry.profile());
    facts.put("der", Event.octets(entry.certificate().der().octets()));
    facts.put("certificate", entry.certificate().thumbprint().hex());
    facts.put("contact", entry.contact());
    facts.put("replaces", entry.replaces().map(SerialNumber::hex).orElse(""));
    facts.put("subject", entry.certificate().subject());
    facts.put(
        "names",
        String.join(" ", entry.certificate().names().stream().map(name -> name.text()).toList()));
    facts.put("notAfter", entry.certificate().validity().notAfter().toString());
    return new Event(
        at,
        EventKind.CERTIFICATE_ISSUED,
        entry.requester(),
        entry.organization(),
        entry.serial().hex(),
        facts);
  }

  static Event abandoned(Reservation reservation, String reason, Instant at) {
    return new Event(
        at,
        EventKind.CERTIFICATE_ABANDONED,
        reservation.requester(),
        reservation.organization(),
        reservation.serial().hex(),
        Map.of("tbs", reservation.tbs().thumbprint().hex(), "reason", reason));
  }

  static Event refused(EnrolmentRequest request, String rule, String reason, Instant at) {
    return new Event(
        at,
        EventKind.REQUEST_REFUSED,
        request.caller().name(),
        request.owner(),
        "",
        Map.of(
            "profile",
            request.profile().value(),
            "csr",
            request.csr().der().thumbprint().hex(),
            "rule",
            rule,
            "reason",
            reason));
  }
}
