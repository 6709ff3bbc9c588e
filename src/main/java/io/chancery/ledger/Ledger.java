package io.chancery.ledger;

import io.chancery.x509.Thumbprint;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/** The roll. It is only ever added to. */
@Singleton
public final class Ledger {
  private final LedgerRows rows;
  private final Standing standing;

  @Inject
  Ledger(LedgerRows rows, Standing standing) {
    this.rows = rows;
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
    LedgerRow row = new LedgerRow();
    row.at = event.at();
    row.kind = event.kind().name();
    row.actor = event.actor();
    row.organization = event.organization().value();
    row.subject = event.subject();
    row.body = body;
    row.hash = Thumbprint.of(body).octets();
    rows.persist(row);
    return row.id == null ? 0 : row.id;
  }

  /** What is on the roll about a subject, oldest first. */
  public List<Recorded> about(String subject, int limit) {
    return rows.find("subject = ?1 order by id", subject).page(0, limit).stream()
        .map(LedgerRow::recorded)
        .toList();
  }
}
