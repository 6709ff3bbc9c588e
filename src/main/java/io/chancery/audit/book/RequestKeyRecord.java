package io.chancery.audit.book;

import java.sql.ResultSet;
import java.sql.SQLException;

/** A row of {@code request_key}. */
record RequestKeyRecord(String serial, String caller, String key, String requestHash) {
  static final String ALL =
      """
      select serial, caller, key, request_hash from request_key order by serial collate "C"
      """;

  static RequestKeyRecord of(ResultSet row) throws SQLException {
    return new RequestKeyRecord(
        row.getString(1), row.getString(2), row.getString(3), row.getString(4));
  }
}
