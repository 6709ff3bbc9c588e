package io.chancery.audit;

import io.chancery.audit.report.Findings;
import io.chancery.audit.report.Place;
import io.chancery.audit.rows.EntryBody;
import io.chancery.ledger.Event;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** A row of the roll: what its columns say, and its body. */
@SuppressWarnings("ArrayRecordComponent") // read once, compared, forgotten
record EntryRow(
    Place place,
    Instant at,
    String kind,
    String actor,
    String organization,
    String subject,
    byte[] body,
    byte[] hash) {
  /** Every leaf, with its entry where there is one. */
  static final String LEAVES =
      """
      select l.leaf_index, e.id, e.at, e.kind, e.actor, e.organization, e.subject, e.body, e.hash
      from ledger_leaf l left join ledger_entry e on e.id = l.entry order by l.leaf_index
      """;

  /** Entries that still wait for their leaf. */
  static final String WAITING =
      """
      select -1::bigint, e.id, e.at, e.kind, e.actor, e.organization, e.subject, e.body, e.hash
      from ledger_queue q join ledger_entry e on e.id = q.entry
      where not exists (select from ledger_leaf l where l.entry = e.id) order by e.id
      """;

  private static final EntryRow GONE =
      new EntryRow(Place.waiting(0), Instant.EPOCH, "", "", "", "", new byte[0], new byte[0]);

  static EntryRow of(ResultSet row) throws SQLException {
    long leaf = row.getLong(1);
    long entry = row.getLong(2);
    if (row.wasNull()) {
      return GONE.at(new Place(leaf, 0));
    }
    return new EntryRow(
        new Place(leaf, entry),
        row.getObject(3, OffsetDateTime.class).toInstant(),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getBytes(8),
        row.getBytes(9));
  }

  /** Whether there is a leaf and no entry. */
  boolean isGone() {
    return place.entry() == 0;
  }

  /** The event of the body; one that is none is reported. */
  Optional<Event> event(Findings findings) {
    return EntryBody.event(place, body, findings);
  }

  private EntryRow at(Place other) {
    return new EntryRow(other, at, kind, actor, organization, subject, body, hash);
  }
}
