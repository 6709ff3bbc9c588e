package io.chancery.revocation.bulk;

import io.chancery.inventory.mass.MassRevocation;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.x509.RevocationReason;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The events of this closet. A list stands on the roll by its hash; each certificate that it
 * revokes has an entry of its own, as every other revocation, which names the list.
 */
final class BulkEvents {
  static final String SIZE = "size";
  static final String LIST = "list";
  static final String SELECTION = "selection";
  static final String REASON = "reason";
  static final String INVALIDITY_DATE = "invalidityDate";
  static final String REPLACE_UNTIL = "replaceUntil";
  static final String DEADLINE = "deadline";
  static final String REVOKED = "revoked";
  static final String WHY = "why";

  private BulkEvents() {}

  static Event listed(Bulk bulk) {
    Map<String, String> facts = new TreeMap<>();
    facts.put(LIST, bulk.hash().hex());
    facts.put(SIZE, String.valueOf(bulk.size()));
    facts.put(SELECTION, bulk.selection().text());
    facts.put(REASON, bulk.plan().reason().text());
    facts.put(INVALIDITY_DATE, text(bulk.plan().invalidityDate()));
    facts.put(REPLACE_UNTIL, text(bulk.plan().grace().map(Plan.Grace::replaceUntil)));
    facts.put(DEADLINE, text(bulk.plan().grace().map(Plan.Grace::deadline)));
    return of(bulk, EventKind.BULK_REVOCATION_LISTED, bulk.listedAt(), facts);
  }

  /** Approved, or revoked in part: so many of the list are revoked by now. */
  static Event stepped(Bulk bulk, int revoked, Instant at) {
    return of(
        bulk,
        EventKind.BULK_REVOCATION_STEPPED,
        at,
        Map.of(LIST, bulk.hash().hex(), REVOKED, String.valueOf(revoked)));
  }

  static Event done(Bulk bulk, int revoked, Map<String, Long> left, Instant at) {
    Map<String, String> facts = new TreeMap<>();
    facts.put(LIST, bulk.hash().hex());
    facts.put(REVOKED, String.valueOf(revoked));
    left.forEach((why, count) -> facts.put(why, String.valueOf(count)));
    return of(bulk, EventKind.BULK_REVOCATION_DONE, at, facts);
  }

  static Event refused(Bulk bulk, String why, Instant at) {
    return of(
        bulk, EventKind.BULK_REVOCATION_REFUSED, at, Map.of(LIST, bulk.hash().hex(), WHY, why));
  }

  /** As a single revocation writes it, so that replay and audit read both alike. */
  static Event revoked(Bulk bulk, MassRevocation.Revoked one, RevocationReason reason, Instant at) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("idempotencyKey", "");
    facts.put("requestHash", "");
    facts.put("version", String.valueOf(one.version()));
    facts.put("since", one.since().toString());
    facts.put(REASON, reason.text());
    facts.put(INVALIDITY_DATE, text(one.invalidityDate()));
    facts.put("bulk", bulk.id().toString());
    return new Event(
        at,
        EventKind.CERTIFICATE_REVOKED,
        bulk.listedBy(),
        one.organization(),
        one.serial().hex(),
        facts);
  }

  private static Event of(Bulk bulk, EventKind kind, Instant at, Map<String, String> facts) {
    return new Event(at, kind, bulk.listedBy(), bulk.organization(), bulk.id().toString(), facts);
  }

  private static String text(Optional<Instant> time) {
    return time.map(Instant::toString).orElse("");
  }
}
