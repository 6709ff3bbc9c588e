package io.chancery.enrolment;

import io.chancery.inventory.Entry;
import io.chancery.inventory.Reservation;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.x509.Csr;
import io.chancery.x509.SerialNumber;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** The events of this room. Octets stand on the roll by their SHA-256. */
final class Deeds {
  private Deeds() {}

  static Event reserved(Reservation reservation, Csr csr) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("issuer", reservation.issuer().value());
    facts.put("profile", reservation.profile());
    facts.put("tbs", reservation.tbs().thumbprint().hex());
    facts.put("csr", csr.der().thumbprint().hex());
    facts.put("replaces", reservation.replaces().map(SerialNumber::hex).orElse(""));
    return new Event(
        reservation.reservedAt(),
        EventKind.CERTIFICATE_RESERVED,
        reservation.requester(),
        reservation.organization(),
        reservation.serial().hex(),
        facts);
  }

  static Event issued(Entry entry, Instant at) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("issuer", entry.issuer().value());
    facts.put("profile", entry.profile());
    facts.put("certificate", entry.certificate().thumbprint().hex());
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
