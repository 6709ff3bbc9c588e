package io.chancery.revocation.bulk;

import io.chancery.inventory.mass.Selection;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Redo;
import io.chancery.x509.RevocationReason;
import io.chancery.x509.Thumbprint;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * That there were lists, and what became of them. The roll has a list's hash, not its serials: one
 * that was not carried out when the database was lost must be made anew.
 */
@Singleton
final class RedoBulk implements Redo {
  private final BulkRows rows;

  @Inject
  RedoBulk(BulkRows rows) {
    this.rows = rows;
  }

  @Override
  public Set<EventKind> kinds() {
    return Set.of(
        EventKind.BULK_REVOCATION_LISTED,
        EventKind.BULK_REVOCATION_STEPPED,
        EventKind.BULK_REVOCATION_DONE,
        EventKind.BULK_REVOCATION_REFUSED);
  }

  @Override
  public void redo(Event event) {
    UUID id = UUID.fromString(event.subject());
    switch (event.kind()) {
      case BULK_REVOCATION_LISTED -> rows.add(listed(id, event), "");
      case BULK_REVOCATION_STEPPED -> {
        int revoked = Integer.parseInt(event.fact(BulkEvents.REVOKED));
        rows.replacing(id, event.at());
        if (revoked > 0) {
          rows.stepped(id, revoked, 0);
        }
      }
      case BULK_REVOCATION_DONE -> {
        rows.stepped(id, Integer.parseInt(event.fact(BulkEvents.REVOKED)), 0);
        rows.done(id, event.at());
      }
      case BULK_REVOCATION_REFUSED -> rows.refused(id, event.fact(BulkEvents.WHY));
      default -> throw new IllegalArgumentException("not of this room: " + event.kind());
    }
  }

  private static Bulk listed(UUID id, Event event) {
    Optional<Instant> deadline = time(event, BulkEvents.DEADLINE);
    return new Bulk(
        id,
        event.organization(),
        event.actor(),
        event.at(),
        Selection.parse(event.fact(BulkEvents.SELECTION)),
        new Plan(
            RevocationReason.parse(event.fact(BulkEvents.REASON)),
            time(event, BulkEvents.INVALIDITY_DATE),
            time(event, BulkEvents.REPLACE_UNTIL)
                .map(until -> new Plan.Grace(until, deadline.orElseThrow()))),
        new Thumbprint(event.fact(BulkEvents.LIST)),
        Integer.parseInt(event.fact(BulkEvents.SIZE)),
        Bulk.State.LISTED,
        "",
        Bulk.Progress.listed(0));
  }

  private static Optional<Instant> time(Event event, String fact) {
    return Optional.of(event.fact(fact)).filter(text -> !text.isEmpty()).map(Instant::parse);
  }
}
