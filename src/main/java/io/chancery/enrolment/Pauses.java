package io.chancery.enrolment;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.inventory.Transactions;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Ledger;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Clients that were stopped, and the operator's word that lets them go on. */
@Singleton
public final class Pauses {
  private static final Logger LOG = Logger.getLogger(Pauses.class);
  private static final Caller SELF = new Caller.Authority("brake");
  private static final int MOST = 500;

  private final PauseRows rows;
  private final AskRows asks;
  private final Ledger ledger;
  private final Transactions transactions;
  private final InstantSource clock;

  @Inject
  Pauses(
      PauseRows rows, AskRows asks, Ledger ledger, Transactions transactions, InstantSource clock) {
    this.rows = rows;
    this.asks = asks;
    this.ledger = ledger;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** All of them, the newest first. */
  public List<Pause> all() {
    return transactions.call(
        () ->
            rows.find("order by since desc, id").page(0, MOST).stream()
                .map(PauseRow::pause)
                .toList());
  }

  /** Lets the client go on, with a count that begins anew. */
  public void lift(Caller by, UUID id) {
    transactions.run(
        () -> {
          PauseRow row =
              rows.findByIdOptional(id)
                  .orElseThrow(() -> new Failure.NotFound("pause", id.toString()).thrown());
          asks.forget(row.client);
          rows.delete(row);
          ledger.append(event(EventKind.CLIENT_RESUMED, by, row));
        });
  }

  Optional<Pause> of(Client client) {
    return rows.ofClient(client).map(PauseRow::pause);
  }

  /** Stops the client, in the transaction that counted once too often; stopping again does not. */
  Pause stop(Client client, int asked) {
    Transactions.mustBeOpen();
    return rows.ofClient(client)
        .orElseGet(
            () -> {
              Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
              Pause pause =
                  new Pause(
                      UUID.randomUUID(),
                      client.owner(),
                      client.profile(),
                      client.names(),
                      asked,
                      now);
              PauseRow row = PauseRow.of(pause, client);
              rows.persist(row);
              ledger.append(event(EventKind.CLIENT_PAUSED, SELF, row));
              LOG.warnf("%s is paused: it asked %d times", pause.text(), asked);
              return row;
            })
        .pause();
  }

  private Event event(EventKind kind, Caller by, PauseRow row) {
    return new Event(
        clock.instant(),
        kind,
        by.name(),
        row.pause().organization(),
        row.id.toString(),
        Map.of(
            "client", row.client,
            "profile", row.profile,
            "names", String.join("\n", row.names),
            "asked", String.valueOf(row.asked),
            "since", row.since.toString()));
  }
}
