package io.chancery.enrolment;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.inventory.Deliveries;
import io.chancery.inventory.Inventory;
import io.chancery.inventory.Leases;
import io.chancery.inventory.Reservation;
import io.chancery.inventory.Transactions;
import io.chancery.ledger.Ledger;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jboss.logging.Logger;

/** Finishes reservations whose signature or record never came, and forgets what is too old. */
@Singleton
final class TidyJob {
  private static final Logger LOG = Logger.getLogger(TidyJob.class);

  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final int AT_ONCE = 100;

  private final Completion completion;
  private final Inventory inventory;
  private final Ledger ledger;
  private final Leases leases;
  private final Transactions transactions;
  private final InstantSource clock;
  private final Asks asks;
  private final Deliveries deliveries;
  private final TidyConfig config;

  @Inject
  TidyJob(
      Completion completion,
      Inventory inventory,
      Ledger ledger,
      Leases leases,
      Transactions transactions,
      InstantSource clock,
      Asks asks,
      Deliveries deliveries,
      TidyConfig config) {
    this.completion = completion;
    this.inventory = inventory;
    this.ledger = ledger;
    this.leases = leases;
    this.transactions = transactions;
    this.clock = clock;
    this.asks = asks;
    this.deliveries = deliveries;
    this.config = config;
  }

  @Scheduled(
      identity = "tidy",
      every = "${chancery.tidy.every:30s}",
      delayed = "5s",
      executionMaxDelay = "900ms",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void tidy() {
    try {
      leases.during("tidy", LEASE, held -> tidyAll());
    } catch (PkiException away) {
      LOG.debugf("tidying waits: %s", away.getMessage());
    }
  }

  private void tidyAll() {
    finishOld();
    transactions.run(asks::tidy);
    deliveries.tidy();
  }

  private void finishOld() {
    List<Reservation> old =
        transactions.call(
            () -> inventory.openReservations(clock.instant().minus(config.after()), AT_ONCE));
    for (Reservation reservation : old) {
      finish(reservation);
    }
  }

  private void finish(Reservation reservation) {
    try {
      completion.complete(reservation.serial());
      deliveries.failed(
          reservation.serial(), "finished by the tidy job; its client has not asked again");
      LOG.infof("reservation %s was finished", reservation.serial());
    } catch (PkiException refused) {
      switch (refused.failure()) {
        case Failure.Unavailable away -> throw refused;
        case Failure.Busy busy -> throw refused;
        default -> giveUp(reservation, refused.failure());
      }
    }
  }

  /** What cannot be signed any more (its issuer has ended, say) keeps its serial and is closed. */
  private void giveUp(Reservation reservation, Failure why) {
    transactions.run(
        () -> {
          inventory.abandon(reservation.serial(), why.detail(), clock.instant());
          ledger.append(Deeds.abandoned(reservation, why.detail(), clock.instant()));
        });
    LOG.warnf("reservation %s was given up: %s", reservation.serial(), why.detail());
  }
}
