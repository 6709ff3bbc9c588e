package io.chancery.ledger;

import io.chancery.HouseClock;
import io.chancery.inventory.Transactions;
import io.chancery.inventory.sql.Sql;
import io.chancery.inventory.sql.Sql.Column;
import io.chancery.inventory.sql.Trip;
import io.chancery.x509.Thumbprint;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The roll. It is only ever added to. */
@Singleton
public final class Ledger {
  /** The database's own: what it writes may be about another than whoever asked for it. */
  private static final String APPEND = "select ledger_append(?, ?, ?, ?, ?, ?, ?)";

  /** How many entries one statement takes. */
  private static final int AT_ONCE = 2_000;

  private static final String MANY = "call ledger_append_all(?, ?, ?, ?, ?, ?, ?)";

  private final LedgerRows rows;
  private final Sql sql;
  private final Standing standing;
  private final HouseClock clock;

  @Inject
  Ledger(LedgerRows rows, Sql sql, Standing standing, HouseClock clock) {
    this.rows = rows;
    this.sql = sql;
    this.standing = standing;
    this.clock = clock;
  }

  /**
   * Adds an event to the transaction of its deed: both are kept or neither is. If it cannot be
   * written, the deed's transaction fails, and nothing that needs it is signed. {@code Unavailable}
   * where a signature would follow and the roll is in doubt; and while the clock is, for all but
   * CRLs, which go on by the house's time.
   */
  public void append(Event event) {
    if (!QuarkusTransaction.isActive()) {
      throw new IllegalStateException(
          "an event belongs into its deed's transaction: " + event.kind());
    }
    mustBeAllowed(event.kind());
    write(event, event.body());
  }

  /**
   * Adds the events of many deeds, or of one about many things, in their order: as {@link #append}
   * for each, in few statements.
   */
  public void appendAll(List<Event> events) {
    for (int from = 0; from < events.size(); from += AT_ONCE) {
      Trip trip = sql.trip();
      appendAll(events.subList(from, Math.min(events.size(), from + AT_ONCE)), trip);
      trip.go();
    }
  }

  private void mustBeAllowed(EventKind kind) {
    if (kind.allowsSignature()) {
      standing.mustAllow(kind);
      if (kind != EventKind.CRL_RESERVED) {
        clock.mustBeAgreed();
      }
    }
  }

  /** The same beside other statements of the transaction. */
  public void appendAll(List<Event> events, Trip trip) {
    Transactions.mustBeOpen();
    events.stream().map(Event::kind).distinct().forEach(this::mustBeAllowed);
    List<byte[]> bodies = events.stream().map(Event::body).toList();
    trip.update(
        MANY,
        Column.times(events, Event::at),
        Column.texts(events, event -> event.kind().name()),
        Column.texts(events, Event::actor),
        Column.texts(events, event -> event.organization().value()),
        Column.texts(events, Event::subject),
        Column.octets(bodies, body -> body),
        Column.octets(bodies, body -> Thumbprint.of(body).octets()));
  }

  /** The entry as it stands in the roll, whose body may be of an older form. */
  long write(Event event, byte[] body) {
    return sql.query(
            APPEND,
            row -> row.getLong(1),
            event.at(),
            event.kind().name(),
            event.actor(),
            event.organization().value(),
            event.subject(),
            body,
            Thumbprint.of(body).octets())
        .getFirst();
  }

  /** When the newest entry is of, so far as this replica's clock and the others' agree. */
  public Optional<Instant> newest() {
    return sql
        .query("select at from ledger_entry order by id desc limit 1", row -> Sql.time(row, "at"))
        .stream()
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** What is on the roll about a subject, oldest first. */
  public List<Recorded> about(String subject, int limit) {
    return rows.find("subject = ?1 order by id", subject).page(0, limit).stream()
        .map(LedgerRow::recorded)
        .toList();
  }
}
