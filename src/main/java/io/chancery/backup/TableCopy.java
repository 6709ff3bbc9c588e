package io.chancery.backup;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;

/** Reads a table row by row, as COPY writes it. */
record TableCopy(Connection connection) {
  /** Takes one row with its line end. */
  interface RowSink {
    void row(byte[] row) throws IOException;
  }

  TableDigest.Digest read(Catalogue.Shape table, Ticker ticker, RowSink sink)
      throws SQLException, IOException {
    TableDigest digest = new TableDigest();
    CopyOut copy = manager().copyOut(table.copy() + " to stdout");
    try {
      for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
        digest.row(row);
        sink.row(row);
        ticker.tick(() -> "  " + table.name() + ": %,d rows".formatted(digest.rows()));
      }
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
    return digest.end();
  }

  CopyManager manager() throws SQLException {
    return connection.unwrap(PGConnection.class).getCopyAPI();
  }
}
