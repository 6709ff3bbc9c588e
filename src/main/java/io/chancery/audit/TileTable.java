package io.chancery.audit;

import io.chancery.audit.report.FindingKind;
import io.chancery.audit.report.Findings;
import io.chancery.audit.rows.Snapshot;
import io.chancery.ledger.tree.HashTiles;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Optional;

/** The table {@code ledger_tile}. */
final class TileTable implements TileSource, AutoCloseable {
  private static final int LEVELS = 8;

  private final Connection connection;
  private final PreparedStatement statement;

  TileTable(Connection connection) {
    this.connection = connection;
    this.statement =
        Snapshot.asked(
            () ->
                connection.prepareStatement(
                    "select hashes from ledger_tile where level = ? and n = ?"));
  }

  @Override
  public Optional<byte[]> hashes(int level, long n, int width) {
    return Snapshot.asked(
        () -> {
          statement.setInt(1, level);
          statement.setLong(2, n);
          try (ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
          }
        });
  }

  @Override
  public String name(int level, long n, int width) {
    return "the row " + level + "/" + n + " of ledger_tile";
  }

  /** Rows that no leaf accounts for. */
  void compareCount(long size, Findings findings) {
    long expected = 0;
    for (int level = 0; level < LEVELS; level++) {
      long complete = size >>> (8 * level);
      expected += (complete + HashTiles.WIDTH - 1) / HashTiles.WIDTH;
    }
    long rows = Snapshot.number(connection, "select count(*) from ledger_tile");
    if (rows > expected) {
      findings.nowhere(
          FindingKind.TILE_DIFFERS,
          "ledger_tile has " + rows + " rows, " + size + " leaves make " + expected);
    }
  }

  @Override
  public void close() {
    Snapshot.asked(
        () -> {
          statement.close();
          return true;
        });
  }
}
