package io.chancery.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chancery.kill.BookInspection;
import io.chancery.kill.CheckpointWatch;
import io.chancery.kill.Client;
import io.chancery.kill.Diary;
import io.chancery.kill.Door;
import io.chancery.kill.Hands;
import io.chancery.kill.StatusInspection;
import io.chancery.kill.Victim;
import io.chancery.testing.FaultyModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Token, database and machine fail at random moments under a mixed load, and come back. Nothing is
 * lost, nothing is there twice, status is served all the time, and certificates are issued again
 * without a restart of the JVM. docs/chaos.md has the commands.
 */
class ChaosIT {
  private static final int ROUNDS = Integer.getInteger("chaos.rounds", 6);
  private static final long SEED = Long.getLong("chaos.seed", new Random().nextLong(1_000_000));
  private static final int CLIENTS = Integer.getInteger("chaos.clients", 4);

  /** Whether a return that takes longer than promised is a failure, on a machine with time. */
  private static final boolean PROMISE = Boolean.getBoolean("chaos.promise");

  private final Random random = new Random(SEED);
  private final Diary diary = new Diary();
  private final Hands hands = new Hands();
  private final AtomicBoolean load = new AtomicBoolean(true);
  private final AtomicBoolean reading = new AtomicBoolean(true);
  private final AtomicBoolean mustServe = new AtomicBoolean();

  /** Returns that took longer than promised. */
  private final List<String> late = new ArrayList<>();

  @Test
  void theAuthorityOutlivesItsParts() throws Exception {
    Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "chaos-");
    FaultyModule module = FaultyModule.in(Files.createDirectory(folder.resolve("module")));
    System.out.printf(
        "%d rounds under the load of %d clients, -Dchaos.seed=%d, in %s%n",
        ROUNDS, CLIENTS, SEED, folder);
    long began = System.nanoTime();
    try (Victim victim = Instance.before(module, folder)) {
      victim.start();
      victim.awaitUp();
      mustServe.set(true);
      List<Fault> faults =
          Choice.named(System.getProperty("chaos.parts", "all")).faults(victim, module, random);
      CheckpointWatch watch = new CheckpointWatch(victim.data(), diary, reading::get);
      StatusReader reader =
          new StatusReader(victim, hands, diary, random, reading::get, mustServe::get);
      try (ExecutorService threads = Executors.newCachedThreadPool()) {
        try {
          Future<?> watched = threads.submit(watch);
          Future<?> read = threads.submit(reader);
          List<Future<?>> clients = clients(victim, threads);
          awaitIssued(victim, System.nanoTime());
          LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());
          Footprint before = Footprint.of(victim.process());
          long pid = victim.process().pid();
          rounds(victim, faults);
          load.set(false);
          for (Future<?> client : clients) {
            client.get(Victim.PATIENCE.toSeconds(), TimeUnit.SECONDS);
          }
          assertThat(diary.wrong).isEmpty();
          inspect(victim, watch);
          reading.set(false);
          watched.get();
          read.get();
          if (victim.process().pid() == pid) {
            mustBeBackWhereItWas(victim, before);
          }
          assertThat(module.loginsRefused()).as("logins that the token refused").isZero();
          System.out.printf(
              "status     %d reads, %d not served, CRL number %d%n",
              reader.reads.sum(), reader.notServed.sum(), reader.crlNumber());
          System.out.printf(
              "token      %d signatures made, %d faults met, %d answers lost or spoilt%n",
              module.made(), module.faults(), module.lost());
        } finally { // before the threads are waited for
          module.heal();
          load.set(false);
          reading.set(false);
        }
      }
      victim.stop();
      // A failure leaves the data beside the logs, to be looked at.
      victim.forget();
    }
    System.out.printf(
        "%.0f s in all, later than promised: %s%n", Diary.seconds(since(began)), late);
    if (PROMISE) {
      assertThat(late).as("returns that took longer than promised").isEmpty();
    }
  }

  private List<Future<?>> clients(Victim victim, ExecutorService threads) {
    List<Future<?>> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(
          threads.submit(
              new Client("c" + i, victim, hands, diary, new Random(random.nextLong()), load::get)));
    }
    return clients;
  }

  private void rounds(Victim victim, List<Fault> faults) {
    for (int round = 1; round <= ROUNDS; round++) {
      Fault fault = faults.get(random.nextInt(faults.size()));
      Duration length = Duration.ofMillis(random.nextInt(300, 4_000));
      System.out.printf(
          "round %3d  %s: %s, %.1f s; %d certificates held%n",
          round, fault.part(), fault.name(), Diary.seconds(length), hands.held().size());
      mustServe.set(fault.part().statusGoesOn());
      diary.struck(fault.part() + ": " + fault.name(), Instant.now());
      fault.begin();
      LockSupport.parkNanos(length.toNanos());
      fault.end();
      long ended = System.nanoTime();
      awaitIssued(victim, ended);
      mustServe.set(true);
      Duration took = since(ended);
      diary.servedAgain(fault.part() + ": " + fault.name(), took);
      System.out.printf("           issued again after %.1f s%n", Diary.seconds(took));
      if (took.compareTo(fault.part().issuingAgain()) > 0) {
        late.add("round " + round + ", " + fault.name() + ": " + took.toMillis() + " ms");
      }
      LockSupport.parkNanos(Duration.ofMillis(random.nextInt(200, 1_500)).toNanos());
    }
  }

  /** Until a certificate comes to a request that was sent after this. */
  private void awaitIssued(Victim victim, long asked) {
    await("a certificate")
        .atMost(Victim.PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              victim.mustRun();
              assertThat(diary.wrong).isEmpty();
              return diary.hasIssuedSince(asked);
            });
  }

  private void inspect(Victim victim, CheckpointWatch watch) throws Exception {
    try (BookInspection book = new BookInspection(victim.access())) {
      await("everything to be tidied and published")
          .atMost(Victim.PATIENCE)
          .until(() -> book.isSettled());
      watch.look();
      book.mustKnow(hands);
      book.mustHaveNothingTwice();
      book.mustStandOnTheRoll();
      book.mustHaveRevoked(hands.revoked());
      book.mustHaveEachAlertOnce();
      System.out.print(diary.text());
      System.out.printf(
          "clients    hold %d certificates, walked away from %d requests, revoked %d%n",
          hands.held().size(), hands.abandoned().size(), hands.revoked().size());
      System.out.printf(
          "ledger     %d entries, %d checkpoints seen, none went back%n",
          watch.newest(), watch.count());
    }
    StatusInspection status = new StatusInspection(victim);
    status.mustShow(hands, Door.asAdministrator(victim, diary));
    status.mustHaveRevoked(hands.revoked());
    watch.mustBeConsistent(Door.open(victim, diary));
    System.out.print(victim.command("verify-ledger"));
  }

  /** Threads and files are those of before; the heap has room for what caches keep. */
  private static void mustBeBackWhereItWas(Victim victim, Footprint before) {
    await("threads and memory to be back")
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofSeconds(3))
        .untilAsserted(
            () -> {
              Footprint after = Footprint.of(victim.process());
              System.out.printf("footprint  %s; before: %s%n", after, before);
              assertThat(after.threads()).as("threads").isLessThan(before.threads() + 12);
              assertThat(after.files()).as("files").isLessThan(before.files() + 24);
              assertThat(after.heap()).as("heap").isLessThan(before.heap() * 3 / 2 + 40_000_000);
            });
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
