package io.chancery.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.testing.FaultyModule;
import io.chancery.x509.KeyAlgorithm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A random fault, and another, while threads sign for all three shares. What is measured is
 * printed; how long anything took does not decide. The long form:
 *
 * <pre>./mvnw test -Dtest=HsmChaosTest -Dchaos.rounds=200 -Dchaos.seed=1</pre>
 */
class HsmChaosTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int SESSIONS = 4;
  private static final int CALLERS = 6;
  private static final List<Purpose> PURPOSES =
      List.of(Purpose.CERTIFICATE, Purpose.CRL, Purpose.OCSP);

  /** What may happen to a token; each is over when the control file is replaced. */
  private static final List<List<String>> FAULTS =
      List.of(
          List.of("C_Sign return 0x30 3"),
          List.of("C_Sign return 0x6 20"),
          List.of("C_SignInit return 0x30"),
          List.of("* return 0x5"),
          List.of("* return 0x30 40"),
          List.of("C_Sign leave-active 4"),
          List.of("C_SignInit return 0x82 3"),
          List.of("sessions-lost"),
          List.of("sessions-lost", "C_Login return 0x30 2"),
          List.of("sessions-lost", "C_FindObjects empty 3"),
          List.of("token-gone"),
          List.of("until-initialize 0x30"),
          List.of("until-initialize 0x5"),
          List.of("until-initialize 0x190"),
          List.of("C_Sign delay 300"),
          List.of("C_Sign hang 1"),
          List.of("C_Sign hang 3"),
          List.of("C_Sign hang-after 2"),
          List.of("C_Sign hang"),
          List.of("* hang 6"),
          List.of("C_OpenSession return 0xb1", "C_Sign return 0x30 8"),
          List.of("C_CloseSession return 0x30 4", "C_Sign return 0x30 4"));

  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicLong signed = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final ConcurrentLinkedQueue<Throwable> wrong = new ConcurrentLinkedQueue<>();
  private final Map<Purpose, AtomicLong> answered = new EnumMap<>(Purpose.class);
  private FaultyModule faulty;
  private Pkcs11Hsm hsm;
  private SigningKey key;

  @BeforeEach
  void open() {
    faulty = FaultyModule.fresh();
    hsm =
        Pkcs11Hsm.open(
            HsmConfig.load(faulty.token("chaos", "sessions: " + SESSIONS + "\ncall-limit: 2")));
    key = hsm.generate(KeyAlgorithm.EC_P256, "key");
    PURPOSES.forEach(purpose -> answered.put(purpose, new AtomicLong()));
  }

  @AfterEach
  void close() {
    over.set(true);
    faulty.heal();
    hsm.close();
  }

  @Test
  void whateverHappensToTheTokenItSignsAgainAndEverySignatureIsAccountedFor() throws Exception {
    int rounds = Integer.getInteger("chaos.rounds", 6);
    long seed = Long.getLong("chaos.seed", 20_261_126L);
    Random random = new Random(seed);
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      Purpose purpose = PURPOSES.get(i % PURPOSES.size());
      callers.add(Thread.ofVirtual().start(() -> call(purpose)));
    }
    await().atMost(LONG).until(() -> signed.get() > 50);
    int threads = threads();
    List<Long> took = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      took.add(round(round, FAULTS.get(random.nextInt(FAULTS.size())), random));
      assertThat(wrong).isEmpty();
      assertThat(faulty.lockouts()).isZero();
      assertThat(faulty.loginsRefused()).isZero();
    }
    await().atMost(LONG).untilAsserted(() -> assertThat(threads()).isEqualTo(threads));
    over.set(true);
    for (Thread caller : callers) {
      caller.join(LONG);
    }
    await().atMost(LONG).untilAsserted(this::assertAccounted);
    assertThat(faulty.openSessions()).isLessThanOrEqualTo(SESSIONS + 1);
    report(rounds, seed, took);
  }

  /** How long after the fault was over each share was signed for again, in milliseconds. */
  private long round(int number, List<String> fault, Random random) {
    faulty.fault(fault.toArray(String[]::new));
    boolean lasting = random.nextInt(String.join("", fault).contains("hang") ? 2 : 8) == 0;
    pause(50 + random.nextInt(lasting ? 4_000 : 600));
    long refusedBefore = refused.get();
    faulty.heal();
    long back = System.nanoTime();
    Map<Purpose, Long> seen = new EnumMap<>(Purpose.class);
    answered.forEach((purpose, count) -> seen.put(purpose, count.get()));
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(LONG)
        .until(
            () ->
                answered.entrySet().stream()
                    .allMatch(e -> e.getValue().get() > seen.get(e.getKey())));
    long took = (System.nanoTime() - back) / 1_000_000;
    if (Boolean.getBoolean("chaos.verbose")) {
      System.out.printf(
          "round %d: %s; again after %d ms, %d refused%n",
          number, fault, took, refused.get() - refusedBefore);
    }
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              TokenStanding standing = hsm.tokens().getFirst();
              assertThat(standing.works()).as(String.valueOf(standing)).isTrue();
              assertThat(standing.hung()).isZero();
              assertThat(standing.trouble()).isEmpty();
            });
    return took;
  }

  /** One client: signs until it is over; only absence may come between. */
  private void call(Purpose purpose) {
    byte[] message = new byte[64];
    long number = 0;
    while (!over.get()) {
      message[0] = (byte) number++;
      try {
        byte[] signature = key.sign(purpose, message);
        if (!KeyProof.holds(key.publicKey(), message, signature)) {
          wrong.add(new AssertionError("a signature that does not hold"));
        }
        signed.incrementAndGet();
        count(purpose);
        pause(1);
      } catch (PkiException away) {
        refused.incrementAndGet();
        if (!(away.failure() instanceof Failure.Unavailable)
            && !(away.failure() instanceof Failure.Busy)) {
          wrong.add(away);
        }
        pause(20);
      } catch (RuntimeException | Error bug) {
        wrong.add(bug);
      }
    }
  }

  private void count(Purpose purpose) {
    AtomicLong count = answered.get(purpose);
    if (count != null) {
      count.incrementAndGet();
    }
  }

  private void assertAccounted() {
    assertThat(key.signatures() + faulty.lost()).isEqualTo(faulty.made());
  }

  private static int threads() {
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("hsm-chaos"))
            .count();
  }

  private void report(int rounds, long seed, List<Long> took) {
    long[] sorted = took.stream().mapToLong(Long::longValue).sorted().toArray();
    System.out.printf(
        "HSM chaos: %d rounds, seed %d: signing again for all shares after %d ms (median), %d (p95),"
            + " %d (most); within 3 s: %d; %d signatures asked and given, %d made, %d refused,"
            + " %d faults met, %d logins, %d refused logins%n",
        rounds,
        seed,
        sorted[sorted.length / 2],
        sorted[(int) (sorted.length * 0.95)],
        sorted[sorted.length - 1],
        Arrays.stream(sorted).filter(ms -> ms <= 3_000).count(),
        signed.get(),
        faulty.made(),
        refused.get(),
        faulty.faults(),
        faulty.calls("C_Login"),
        faulty.loginsRefused());
  }

  private static void pause(int milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
