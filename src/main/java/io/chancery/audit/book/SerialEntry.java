package io.chancery.audit.book;

import io.chancery.audit.report.Place;
import java.sql.ResultSet;
import java.sql.SQLException;

/** An entry about a serial, on its way to be held against the book. */
@SuppressWarnings("ArrayRecordComponent") // read once, compared, forgotten
record SerialEntry(String serial, Place place, byte[] body) {
  static final String ALL =
      """
      select e.subject, coalesce(l.leaf_index, -1), e.id, e.body
      from ledger_entry e left join ledger_leaf l on l.entry = e.id
      where e.kind like 'CERTIFICATE\\_%' order by e.subject collate "C", e.id
      """;

  static SerialEntry of(ResultSet row) throws SQLException {
    return new SerialEntry(
        row.getString(1), new Place(row.getLong(2), row.getLong(3)), row.getBytes(4));
  }
}
