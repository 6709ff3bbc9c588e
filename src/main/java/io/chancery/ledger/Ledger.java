package io.chancery.ledger;

import io.chancery.x509.Thumbprint;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.ZoneOffset;
import java.util.List;

/** The roll. It is only ever added to. */
@Singleton
public final class Ledger {
  /** The database's own: what it writes may be about another than whoever asked for it. */
  private static final String APPEND = "select ledger_append(?, ?, ?, ?, ?, ?, ?)";

  private final LedgerRows rows;
  private final Sql sql;
  private final Standing standing;

  @Inject
  Ledger(LedgerRows rows, Sql sql, Standing standing) {
    this.rows = rows;
    this.sql = sql;
    this.standing = standing;
  }

  /**
   * Adds an event to the transaction of its deed: both are kept or neither is. If it cannot be
   * written, the deed's transaction fails, and nothing that needs it is signed. {@code Unavailable}
   * where a signature would follow and the roll is in doubt.
   */
  public void append(Event event) {
    if (!QuarkusTransaction.isActive()) {
      throw new IllegalStateException(
          "an event belongs into its deed's transaction: " + event.kind());
    }
    if (event.kind().allowsSignature()) {
      standing.mustAllow(event.kind());
    }
    write(event, event.body());
  }

  /** The entry as it stands in the roll, whose body may be of an older form. */
  long write(Event event, byte[] body) {
    return sql.query(
            APPEND,
            row -> row.getLong(1),
            event.at().atOffset(ZoneOffset.UTC),
            event.kind().name(),
            event.actor(),
            event.organization().value(),
            event.subject(),
            body,
            Thumbprint.of(body).octets())
        .getFirst();
  }

  /** What is on the roll about a subject, oldest first. */
  public List<Recorded> about(String subject, int limit) {
    return rows.find("subject = ?1 order by id", subject).page(0, limit).stream()
        .map(LedgerRow::recorded)
        .toList();
  }
}
