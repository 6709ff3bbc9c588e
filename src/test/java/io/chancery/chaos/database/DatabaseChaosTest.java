package io.chancery.chaos.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chancery.Role;
import io.chancery.audit.Audit;
import io.chancery.audit.report.Progress;
import io.chancery.audit.report.Report;
import io.chancery.kill.BookInspection;
import io.chancery.kill.Hands;
import io.chancery.ledger.note.NoteSigner;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/**
 * The database fails in one way after the other, drawn from all of them, while clients issue,
 * renew, revoke and search. {@code -Dchaos.rounds=200 -Dchaos.seed=1}: docs/database.md.
 */
@QuarkusTest
@WithTestResource(value = World.class, initArgs = @ResourceArg(name = World.HARMED, value = "yes"))
class DatabaseChaosTest {
  private static final int ROUNDS = Integer.getInteger("chaos.rounds", 5);
  private static final long SEED = Long.getLong("chaos.seed", new Random().nextLong(1_000_000));
  private static final int CLIENTS = 4;
  private static final Duration HEALED = Duration.ofSeconds(10);

  @Inject Tenant tenants;
  @Inject NoteSigner signer;

  @ConfigProperty(name = "chancery.ledger.copy")
  Path copy;

  private final Random random = new Random(SEED);
  private final Hands hands = new Hands();
  private final AtomicBoolean load = new AtomicBoolean(true);
  private final AtomicBoolean reading = new AtomicBoolean(true);
  private final AtomicLong newestIssued = new AtomicLong();
  private final Map<String, List<Long>> healed = new TreeMap<>();

  @Test
  void nothingIsLostAndNothingIsThereTwice() throws Exception {
    System.out.printf("%d rounds, -Dchaos.seed=%d%n", ROUNDS, SEED);
    Tenant.Home home = tenants.named("demo", "demo", "team@internal.test", "dns:internal.test");
    Http operator = tenants.person(Role.OPERATOR).http();
    Tenant.Holder known =
        tenants
            .fresh("dns:internal.test")
            .enrol("tls-client", Csrs.ec("").dns("known.internal.test"));
    // What was never answered may wait for the database; what was is served.
    await().until(() -> Questions.ocsp(known) == Questions.Word.GOOD);
    StatusWatch watch = new StatusWatch(known, reading::get);
    List<LoadedClient> clients = new ArrayList<>();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<?>> all = new ArrayList<>();
      try {
        for (int i = 0; i < CLIENTS; i++) {
          clients.add(
              new LoadedClient(
                  "c" + i,
                  home,
                  operator,
                  hands,
                  new Random(random.nextLong()),
                  load::get,
                  newestIssued));
          all.add(threads.submit(clients.getLast()));
        }
        Future<?> watched = threads.submit(watch);
        for (DatabaseFault fault : drawn()) {
          round(fault, all);
        }
        load.set(false);
        for (Future<?> client : all) {
          client.get(1, TimeUnit.MINUTES);
        }
        reading.set(false);
        watched.get(1, TimeUnit.MINUTES);
      } finally {
        load.set(false);
        reading.set(false);
      }
    }
    inspect();
    healed.forEach(
        (name, times) ->
            System.out.printf(
                "%-28s %3d times, issues again after at most %d ms%n",
                name, times.size(), Collections.max(times)));
    System.out.printf(
        "%d certificates held, %d requests abandoned, %d revoked, %d refusals, %d status reads%n",
        hands.held().size(),
        hands.abandoned().size(),
        hands.revoked().size(),
        clients.stream().mapToInt(one -> one.refused).sum(),
        watch.reads());
  }

  /** Each about as often as any other. */
  private List<DatabaseFault> drawn() {
    List<DatabaseFault> drawn = new ArrayList<>();
    while (drawn.size() < ROUNDS) {
      List<DatabaseFault> all = new ArrayList<>(Harm.faults());
      Collections.shuffle(all, random);
      drawn.addAll(all);
    }
    return drawn.subList(0, ROUNDS);
  }

  private void round(DatabaseFault fault, List<Future<?>> clients) {
    long length = random.nextInt(200, 2_500);
    try {
      fault.begin();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(length));
    } finally {
      fault.end();
    }
    long over = System.nanoTime();
    await("a certificate after " + fault.name())
        .atMost(HEALED)
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              for (Future<?> client : clients) {
                if (client.isDone()) {
                  client.get(); // throws what ended it
                }
              }
              return newestIssued.get() > over;
            });
    long took = Duration.ofNanos(System.nanoTime() - over).toMillis();
    healed.computeIfAbsent(fault.name(), name -> new ArrayList<>()).add(took);
    System.out.printf("%s for %d ms: issues again after %d ms%n", fault.name(), length, took);
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(100, 600)));
  }

  private void inspect() throws Exception {
    try (BookInspection book = new BookInspection(Harm.access())) {
      await("everything to be tidied and published")
          .atMost(Duration.ofMinutes(1))
          .until(book::isSettled);
      book.mustKnow(hands);
      book.mustHaveNothingTwice();
      book.mustStandOnTheRoll();
      book.mustHaveRevoked(hands.revoked());
      book.mustHaveEachAlertOnce();
    }
    Report report =
        new Audit(
                new Audit.Subject(
                    Optional.of(copy),
                    Optional.of(() -> Harm.access().connect()),
                    signer.key(),
                    List.of(),
                    0,
                    100),
                new Progress(),
                InstantSource.system())
            .run();
    assertThat(report.isClean()).as("%s", report.findings()).isTrue();
  }
}
