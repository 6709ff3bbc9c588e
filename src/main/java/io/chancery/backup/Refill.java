package io.chancery.backup;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.postgresql.copy.CopyIn;

/** Fills the tables of a freshly made schema with a backup's data. */
final class Refill implements ArchiveReader.TableSink {
  private final Connection connection;
  private final Map<String, Manifest.Table> tables = new TreeMap<>();
  private final Ticker ticker;
  private java.util.Optional<CopyIn> running = java.util.Optional.empty();
  private String name = "";
  private long octets;

  Refill(Connection connection, List<Manifest.Table> tables, Ticker ticker) {
    this.connection = connection;
    this.ticker = ticker;
    tables.forEach(table -> this.tables.put(table.name(), table));
  }

  @Override
  public void begin(String table) {
    name = table;
    octets = 0;
    guarded(
        () -> {
          Manifest.Table known = tables.get(table);
          if (known == null) {
            throw new SQLException("the file was changed while it was read");
          }
          String order = new Catalogue.Shape(table, known.columns()).copy() + " from stdin";
          running = java.util.Optional.of(new TableCopy(connection).manager().copyIn(order));
        });
  }

  @Override
  public void data(byte[] data, int length) {
    octets += length;
    guarded(() -> running.orElseThrow().writeToCopy(data, 0, length));
    ticker.tick(() -> "  " + name + ": %,d octets".formatted(octets));
  }

  @Override
  public void end() {
    guarded(() -> running.orElseThrow().endCopy());
    running = java.util.Optional.empty();
  }

  /** Ends a COPY that a failure left open, so that the transaction can be rolled back. */
  void abandon() {
    if (running.isPresent() && running.get().isActive()) {
      guarded(() -> running.get().cancelCopy());
    }
  }

  private interface Step {
    void run() throws SQLException;
  }

  private void guarded(Step step) {
    try {
      step.run();
    } catch (SQLException refused) {
      throw Restoration.refusedByDatabase(name, refused);
    }
  }
}
