package io.chancery.cli;

import io.chancery.backup.Summary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A backup's summary for the terminal. */
final class SummaryLines {
  private SummaryLines() {}

  static List<String> of(Summary summary, Instant start, Instant end) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("backup   " + summary.file());
    lines.add("made at  " + Problem.printable(summary.madeAt()));
    lines.add("rows     %,d in %d tables".formatted(summary.rows(), summary.tables()));
    lines.add("papers   " + summary.papers());
    lines.add(
        "ledger   %,d entries".formatted(summary.ledgerSize())
            + (summary.ledgerRoot().isEmpty()
                ? ""
                : ", root " + Problem.printable(summary.ledgerRoot())));
    lines.add(
        "schema   "
            + Problem.printable(summary.schemaVersion())
            + ", from PostgreSQL "
            + Problem.printable(summary.postgresql()));
    lines.add("size     %,d octets".formatted(summary.size()));
    lines.add("sha-256  " + summary.sha256());
    lines.add("checked  read from disk, decrypted, every hash compared");
    lines.add("time     %.1f s".formatted(Duration.between(start, end).toMillis() / 1000.0));
    return List.copyOf(lines);
  }
}
