package io.chancery.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Service and PostgreSQL are killed (kill -9) at random moments while clients ask, retry, repeat
 * and revoke. Afterwards nothing is lost, nothing is there twice, and nothing is open.
 *
 * <p>{@code -Dkill.rounds=500 -Dkill.seed=1} sets how often, and the choice of what and when;
 * docs/chaos.md has the command.
 */
class KilledAnywhereIT {
  private static final int ROUNDS = Integer.getInteger("kill.rounds", 8);
  private static final long SEED = Long.getLong("kill.seed", new Random().nextLong(1_000_000));
  private static final int CLIENTS = Integer.getInteger("kill.clients", 6);

  private final Random random = new Random(SEED);
  private final Diary diary = new Diary();
  private final Hands hands = new Hands();
  private final AtomicBoolean load = new AtomicBoolean(true);
  private final AtomicBoolean watching = new AtomicBoolean(true);

  @Test
  void nothingIsLostAndNothingIsThereTwice() throws Exception {
    Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "kill-");
    System.out.printf(
        "%d kills under the load of %d clients, -Dkill.seed=%d, in %s%n",
        ROUNDS, CLIENTS, SEED, folder);
    long began = System.nanoTime();
    try (Victim victim = new Victim(folder)) {
      victim.start();
      victim.awaitUp();
      CheckpointWatch watch = new CheckpointWatch(victim.data(), diary, watching::get);
      try (ExecutorService threads = Executors.newCachedThreadPool()) {
        try {
          Future<?> watched = threads.submit(watch);
          killUnderLoad(victim, threads);
          inspect(victim, watch, watched);
        } finally { // before the threads are waited for
          load.set(false);
          watching.set(false);
        }
      }
      victim.stop();
      // A failure leaves the data beside the logs, to be looked at.
      victim.forget();
    }
    System.out.printf("%.0f s in all%n", Diary.seconds(since(began)));
  }

  private void killUnderLoad(Victim victim, ExecutorService threads) throws Exception {
    List<Future<?>> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(
          threads.submit(
              new Client("c" + i, victim, hands, diary, new Random(random.nextLong()), load::get)));
    }
    awaitServed(victim, System.nanoTime());
    Optional<Struck> last = Optional.empty();
    for (Plan plan : Plan.draw(ROUNDS, random)) {
      if (!plan.early()) {
        last.ifPresent(struck -> awaitServed(victim, struck));
      }
      LockSupport.parkNanos(plan.pause().toNanos());
      last = Optional.of(strike(victim, plan));
    }
    awaitServed(victim, last.orElseThrow());
    load.set(false);
    for (Future<?> client : clients) {
      client.get(Victim.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
    assertThat(diary.wrong).isEmpty();
  }

  /** A blow that was dealt, at this time of {@link System#nanoTime}. */
  private record Struck(Blow blow, long at) {}

  private Struck strike(Victim victim, Plan plan) {
    System.out.printf(
        "kill %3d  %s%s; %d certificates held%n",
        plan.round(), plan.blow(), plan.early() ? " during a start" : "", hands.held().size());
    long now = System.nanoTime();
    diary.struck(plan.blow().toString(), Instant.now());
    victim.strike(plan.blow(), random);
    victim.repair(plan.blow());
    return new Struck(plan.blow(), now);
  }

  /** Until something is answered that was asked after the blow. */
  private void awaitServed(Victim victim, Struck struck) {
    awaitServed(victim, struck.at());
    diary.servedAgain(struck.blow().toString(), since(struck.at()));
    System.out.printf("          served again after %.1f s%n", Diary.seconds(since(struck.at())));
  }

  private void awaitServed(Victim victim, long asked) {
    await("an answer")
        .atMost(Victim.PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              victim.mustRun();
              assertThat(diary.wrong).isEmpty();
              return diary.hasServedSince(asked);
            });
  }

  private void inspect(Victim victim, CheckpointWatch watch, Future<?> watched) throws Exception {
    try (BookInspection book = new BookInspection(victim.access())) {
      await("everything to be tidied and published")
          .atMost(Victim.PATIENCE)
          .until(() -> book.isSettled());
      watching.set(false);
      watched.get();
      watch.look();
      assertThat(diary.wrong).isEmpty();

      book.mustKnow(hands);
      book.mustHaveNothingTwice();
      book.mustStandOnTheRoll();
      book.mustHaveRevoked(hands.revoked());
      report(book, watch);
    }
    StatusInspection status = new StatusInspection(victim);
    status.mustShow(hands, Door.asAdministrator(victim, diary));
    status.mustHaveRevoked(hands.revoked());
    watch.mustBeConsistent(Door.open(victim, diary));
    System.out.print(victim.command("verify-ledger"));
  }

  private void report(BookInspection book, CheckpointWatch watch) throws Exception {
    System.out.print(diary.text());
    System.out.printf(
        "clients    hold %d certificates, walked away from %d requests, revoked %d%n",
        hands.held().size(), hands.abandoned().size(), hands.revoked().size());
    System.out.printf(
        "book       %d certificates of theirs, %d reservations outlived a kill and were finished,"
            + " %d given up, 0 open%n",
        book.number("select count(*) from certificate where organization = 'demo'"),
        book.recovered(diary),
        book.number("select count(*) from reservation"));
    System.out.printf(
        "ledger     %d entries, %d checkpoints seen, none went back%n",
        watch.newest(), watch.count());
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
