package io.chancery.audit;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Rows written in bulk, past the program: COPY of one table. */
final class TableRows implements AutoCloseable {
  private final Connection connection;
  private final CopyIn copy;

  TableRows(Connection connection, String table, String columns) throws SQLException {
    this.connection = connection;
    this.copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("copy " + table + " (" + columns + ") from stdin");
  }

  void row(@Nullable Object... values) throws SQLException {
    StringJoiner line = new StringJoiner("\t", "", "\n");
    for (Object value : values) {
      line.add(text(value));
    }
    byte[] octets = line.toString().getBytes(StandardCharsets.UTF_8);
    copy.writeToCopy(octets, 0, octets.length);
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "\\N";
      case byte[] octets -> "\\\\x" + HexFormat.of().formatHex(octets);
      case List<?> words ->
          "{" + String.join(",", words.stream().map(String::valueOf).toList()) + "}";
      default -> value.toString().replace("\\", "\\\\").replace("\t", "\\t");
    };
  }

  @Override
  public void close() throws SQLException {
    copy.endCopy();
    connection.close();
  }
}
