package io.chancery.audit;

import io.chancery.audit.rows.Columns;
import io.chancery.audit.rows.Comparison;
import io.chancery.ledger.Event;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** A row of {@code organization}. */
record OrganizationRecord(
    String id,
    String displayName,
    String contact,
    String profiles,
    String names,
    Optional<Instant> suspended) {
  static OrganizationRecord of(ResultSet row) throws SQLException {
    return new OrganizationRecord(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        Columns.words(row, 4),
        Columns.words(row, 5),
        Columns.time(row, 6));
  }

  Optional<String> differences(Event event) {
    return new Comparison(event)
        .text("displayName", displayName)
        .text("contact", contact)
        .text("profiles", profiles)
        .text("names", names)
        .time("suspended", suspended)
        .differences();
  }
}
