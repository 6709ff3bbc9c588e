package io.chancery.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chancery.kill.Victim;
import io.chancery.testing.Csrs;
import io.chancery.x509.KeyAlgorithm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Ten times as many requests as can be served: what is accepted is answered soon, the rest is told
 * to come again, and afterwards all is as before. docs/chaos.md has the command.
 */
class OverloadIT {
  private static final int SECONDS = Integer.getInteger("overload.seconds", 6);
  private static final int FACTOR = Integer.getInteger("overload.factor", 10);
  private static final boolean PROMISE = Boolean.getBoolean("chaos.promise");
  private static final int AT_EASE = 8;
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration BACK = Duration.ofSeconds(5);

  private final KeyPair key = Csrs.pair(KeyAlgorithm.EC_P256);
  private final AtomicInteger names = new AtomicInteger();
  private final ConcurrentLinkedQueue<byte[]> asked = new ConcurrentLinkedQueue<>();

  /** What came of a time under load; the times are those of accepted requests, in nanoseconds. */
  private record Outcome(
      double seconds, ConcurrentLinkedQueue<Long> times, Map<String, LongAdder> others) {
    double perSecond() {
      return times.size() / seconds;
    }

    double offered() {
      return (times.size() + others.values().stream().mapToLong(LongAdder::sum).sum()) / seconds;
    }

    Duration percentile(int of) {
      List<Long> sorted = times.stream().sorted().toList();
      return sorted.isEmpty()
          ? Duration.ZERO
          : Duration.ofNanos(sorted.get((sorted.size() * of - 1) / 100));
    }

    @Override
    public String toString() {
      return "offered %.0f/s, accepted %.0f/s, p50 %d ms, p99 %d ms, others %s"
          .formatted(
              offered(), perSecond(), percentile(50).toMillis(), percentile(99).toMillis(), others);
    }
  }

  @Test
  void whatIsAcceptedIsAnsweredSoon() throws Exception {
    Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "overload-");
    // Every compiler: what is measured is a service that has been running for a while. What one
    // organization may ask in a minute would refuse them all before the door does.
    try (Victim victim =
        new Victim(
            folder,
            List.of(
                "-XX:TieredStopAtLevel=4",
                "-Dchancery.limits.per-minute=1000000",
                "-Dchancery.limits.burst=1000000",
                "-Dchancery.brake.pause-profile-at=0"),
            Map.of())) {
      victim.start();
      victim.awaitUp();
      String token = victim.data().readSecret(victim.data().enrolToken());
      prepare(AT_EASE * 200);
      load(victim, token, AT_EASE, Duration.ZERO, Duration.ofSeconds(Math.min(SECONDS, 20)));
      prepare(AT_EASE * 100);
      Outcome top = load(victim, token, AT_EASE, Duration.ZERO, Duration.ofSeconds(5));
      System.out.println("top        " + top);
      int crowd = (int) Math.ceil(top.perSecond() * FACTOR);
      prepare(crowd + (int) (top.perSecond() * SECONDS * 3 / 2));
      Outcome over = load(victim, token, crowd, Duration.ofSeconds(1), Duration.ofSeconds(SECONDS));
      System.out.println("overload   " + crowd + " clients a second: " + over);
      long ended = System.nanoTime();
      await("back to normal")
          .atMost(Duration.ofMinutes(2))
          .until(() -> isAtEase(victim, token, top));
      Duration took = Duration.ofNanos(System.nanoTime() - ended);
      System.out.printf("back       after %.1f s%n", took.toMillis() / 1000.0);

      assertThat(over.others().keySet()).as("other answers").isSubsetOf("503 with Retry-After");
      assertThat(over.times()).isNotEmpty();
      if (PROMISE) {
        assertThat(over.percentile(99)).isLessThan(SOON);
        assertThat(took).isLessThan(BACK);
      }
      victim.stop();
      victim.forget();
    }
  }

  /** One second of few clients: none is refused, and half of the top rate is reached. */
  private boolean isAtEase(Victim victim, String token, Outcome top) throws Exception {
    prepare(AT_EASE * 100);
    Outcome now = load(victim, token, AT_EASE, Duration.ZERO, Duration.ofSeconds(1));
    return now.others().isEmpty() && now.perSecond() > top.perSecond() / 2;
  }

  private void prepare(int wanted) {
    asked.addAll(
        IntStream.range(asked.size(), wanted)
            .parallel()
            .mapToObj(
                each ->
                    Csrs.of(key, "")
                        .dns("o" + names.incrementAndGet() + ".internal.test")
                        .build()
                        .der())
            .toList());
  }

  /** Each client asks once in {@code every}, or without a pause where that is zero. */
  private Outcome load(Victim victim, String token, int clients, Duration every, Duration length)
      throws Exception {
    Outcome outcome =
        new Outcome(length.toSeconds(), new ConcurrentLinkedQueue<>(), new ConcurrentHashMap<>());
    List<PlainClient> connected = connect(victim, token, clients);
    List<Future<?>> all = new ArrayList<>();
    long start = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < clients; i++) {
        PlainClient client = connected.get(i);
        long first = start + every.toNanos() * i / clients;
        all.add(threads.submit(() -> ask(client, outcome, first, every, start + length.toNanos())));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    return outcome;
  }

  /**
   * Before any of them asks: what is measured is the service's answer to requests. Few at a time,
   * as a handshake costs both ends more than a request.
   */
  private static List<PlainClient> connect(Victim victim, String token, int clients)
      throws Exception {
    List<PlainClient> all = new ArrayList<>();
    List<Future<?>> opened = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < clients; i++) {
        PlainClient client = new PlainClient(victim, token);
        all.add(client);
        opened.add(
            threads.submit(
                () -> {
                  client.connect();
                  return true;
                }));
      }
      for (Future<?> one : opened) {
        one.get();
      }
    }
    return all;
  }

  private void ask(PlainClient asking, Outcome outcome, long first, Duration every, long end) {
    long due = first;
    byte[] csr = next();
    try (PlainClient client = asking) {
      while (due < end && System.nanoTime() < end) {
        LockSupport.parkNanos(due - System.nanoTime());
        long sent = System.nanoTime();
        PlainClient.Answer answer = client.post("/v1/certificates?profile=tls-peer", csr);
        if (answer.status() == 201) {
          outcome.times().add(System.nanoTime() - sent);
          csr = next();
        } else {
          outcome.others().computeIfAbsent(answer.words(), none -> new LongAdder()).increment();
        }
        due = Math.max(due + every.toNanos(), every.isZero() ? 0 : System.nanoTime());
      }
    }
  }

  private byte[] next() {
    byte[] csr = asked.poll();
    if (csr == null) {
      prepare(1);
      return next();
    }
    return csr;
  }
}
