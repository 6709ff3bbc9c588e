package io.chancery.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chancery.kill.BookInspection;
import io.chancery.kill.CheckpointWatch;
import io.chancery.kill.Client;
import io.chancery.kill.Diary;
import io.chancery.kill.Hands;
import io.chancery.kill.StatusInspection;
import io.chancery.kill.Victim;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Hours of mixed load at seven tenths of what the machine can: no error, and memory and threads
 * stay where they are. docs/chaos.md has the command.
 */
class SoakIT {
  private static final Duration LENGTH = Duration.parse(System.getProperty("soak.length", "PT10S"));
  private static final Duration WARM = LENGTH.dividedBy(12);
  private static final double LOAD = 0.7;
  private static final int CLIENTS = 4;
  private static final int LOOKS = LENGTH.compareTo(Duration.ofMinutes(10)) < 0 ? 6 : 24;

  private final Diary diary = new Diary();
  private final Hands hands = new Hands();
  private final AtomicBoolean load = new AtomicBoolean(true);
  private final AtomicBoolean reading = new AtomicBoolean(true);

  @Test
  void nothingGrowsAndNothingFails() throws Exception {
    Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "soak-");
    // Every compiler, as up has: compiled code is part of what must not grow.
    // One organization asks for more in an hour than anybody should: here it is meant.
    List<String> options =
        List.of("-XX:TieredStopAtLevel=4", "-Dchancery.brake.pause-profile-at=0");
    try (Victim victim = new Victim(folder, options, Map.of())) {
      victim.start();
      victim.awaitUp();
      CheckpointWatch watch = new CheckpointWatch(victim.data(), diary, reading::get);
      StatusReader reader =
          new StatusReader(victim, hands, diary, new Random(), reading::get, () -> true);
      try (ExecutorService threads = Executors.newCachedThreadPool()) {
        try {
          Future<?> watched = threads.submit(watch);
          Future<?> read = threads.submit(reader);
          List<Client> clients = new ArrayList<>();
          List<Future<?>> running = new ArrayList<>();
          for (int i = 0; i < CLIENTS; i++) {
            clients.add(new Client("c" + i, victim, hands, diary, new Random(), load::get));
            running.add(threads.submit(clients.getLast()));
          }
          perSecond(WARM);
          double top = perSecond(WARM);
          clients.forEach(one -> one.pace(Duration.ofNanos((long) (1e9 * CLIENTS / top / LOAD))));
          System.out.printf("%s at %.0f of %.0f certificates a second%n", LENGTH, top * LOAD, top);
          List<Footprint> looks = look(victim);
          load.set(false);
          for (Future<?> client : running) {
            client.get(Victim.PATIENCE.toSeconds(), TimeUnit.SECONDS);
          }
          inspect(victim);
          reading.set(false);
          watched.get();
          read.get();
          System.out.printf(
              "status     %d reads, %d not served%n", reader.reads.sum(), reader.notServed.sum());
          mustBeFlat(looks);
        } finally {
          load.set(false);
          reading.set(false);
        }
      }
      victim.stop();
      victim.forget();
    }
  }

  private double perSecond(Duration within) {
    long before = diary.issued.sum();
    LockSupport.parkNanos(within.toNanos());
    assertThat(diary.wrong).isEmpty();
    return Math.max(1, diary.issued.sum() - before) * 1e9 / within.toNanos();
  }

  private List<Footprint> look(Victim victim) {
    List<Footprint> looks = new ArrayList<>();
    for (int i = 0; i < LOOKS; i++) {
      double rate = perSecond(LENGTH.dividedBy(LOOKS));
      looks.add(Footprint.of(victim.process()));
      victim.mustRun();
      System.out.printf(
          "%3d of %d  %.0f certificates a second, %s, refusals %s, broken %d%n",
          i + 1, LOOKS, rate, looks.getLast(), diary.refusals, diary.broken.sum());
    }
    return looks;
  }

  private void inspect(Victim victim) throws Exception {
    assertThat(diary.wrong).isEmpty();
    assertThat(diary.refusals).as("refusals").isEmpty();
    assertThat(diary.broken.sum()).as("broken connections").isZero();
    try (BookInspection book = new BookInspection(victim.access())) {
      await("everything to be tidied and published")
          .atMost(Victim.PATIENCE)
          .until(() -> book.isSettled());
      book.mustKnow(hands);
      book.mustHaveNothingTwice();
      book.mustStandOnTheRoll();
      book.mustHaveRevoked(hands.revoked());
      book.mustHaveEachAlertOnce();
    }
    new StatusInspection(victim).mustHaveRevoked(hands.revoked());
    System.out.print(diary.text());
    System.out.print(victim.command("verify-ledger"));
  }

  /** The last third against the second: in the first one caches and compiled code still grow. */
  private static void mustBeFlat(List<Footprint> looks) {
    Footprint middle = most(looks.subList(LOOKS / 3, LOOKS * 2 / 3));
    Footprint end = most(looks.subList(LOOKS * 2 / 3, LOOKS));
    System.out.printf("footprint  second third at most %s; last third %s%n", middle, end);
    assertThat(end.threads()).as("threads").isLessThanOrEqualTo(middle.threads() + 6);
    assertThat(end.files()).as("files").isLessThanOrEqualTo(middle.files() + 12);
    assertThat(end.heap()).as("heap").isLessThan(middle.heap() * 11 / 10 + 8_000_000);
  }

  private static Footprint most(List<Footprint> looks) {
    return new Footprint(
        looks.stream().mapToLong(Footprint::heap).max().orElseThrow(),
        looks.stream().mapToInt(Footprint::threads).max().orElseThrow(),
        looks.stream().mapToInt(Footprint::files).max().orElseThrow());
  }
}
