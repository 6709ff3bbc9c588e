package io.chancery.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chancery.Failure;
import io.chancery.testing.Refusals;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** So many at work and no more, and every place is given back. */
class AdmissionTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void aThousandThreadsAreNeverMoreThanFourAtOnce() throws Exception {
    Admission admission = admission(4, LONG, 2_000);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        Credential mine = credential("c" + i % 7);
        all.add(
            threads.submit(
                () -> {
                  try (Admission.Place place = admission.enter(mine, now())) {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    Thread.yield();
                    inside.decrementAndGet();
                    place.close();
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertThat(most.get()).isBetween(1, 4);
    assertEmpty();
  }

  @Test
  void whoWaitsTooLongIsToldToComeAgainAndTakesNoPlaceWithIt() {
    Admission admission = admission(1, Duration.ofMillis(20), 10);
    Admission.Place taken = enter(admission, "a");
    assertBusy(admission, "a");
    assertBusy(admission, "b");
    taken.close();
    taken.close();
    enter(admission, "b").close();
    assertEmpty();
  }

  @Test
  void oneCredentialNeverHasAllPlaces() {
    Admission admission = admission(4, Duration.ofMillis(20), 10);
    List<Admission.Place> slow = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      slow.add(enter(admission, "slow"));
    }
    assertBusy(admission, "slow");
    enter(admission, "other").close();
    slow.getFirst().close();
    slow.add(enter(admission, "slow"));
    slow.forEach(Admission.Place::close);
    assertEmpty();
  }

  @Test
  void aFullRoomTakesNobody() {
    Admission admission = admission(1, LONG, 0);
    try (Admission.Place taken = enter(admission, "a")) {
      assertThat(taken).isNotNull();
      assertBusy(admission, "b");
    }
    assertEmpty();
  }

  @Test
  void inAnOverloadWhoWouldFindNoPlaceIsToldSoAtTheFirstLook() {
    Words words = new Words(1, LONG, 2_000, 2, Duration.ZERO);
    Admission admission = new Admission(words, meters);
    Supplier<Credential> flood = () -> credential("flood");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Admission.Place taken = enter(admission, "flood");
      for (int i = 1; i <= 3; i++) {
        assertThat(admission.turnsAway(flood)).isEmpty();
        int come = i;
        threads.submit(() -> enter(admission, "flood").close());
        await().atMost(LONG).until(() -> waiting() == come);
      }
      assertThat(admission.turnsAway(flood)).as("three wait, and none was served").isPresent();
      assertThat(admission.turnsAway(() -> credential("other"))).isEmpty();
      assertThat(meters.get("chancery.admission.turned.away").counter().count()).isOne();
      taken.close();
    }
    assertThat(admission.turnsAway(flood)).isEmpty();
    assertEmpty();
  }

  @Test
  void inAnOverloadWhoHasWaitedForAProcessorIsToldSoAtTheDoor() {
    Admission admission = new Admission(new Words(1, LONG, 2_000, 0, Duration.ZERO), meters);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Admission.Place taken = enter(admission, "a");
      threads.submit(() -> enter(admission, "a").close());
      await().atMost(LONG).until(() -> waiting() == 1);
      long before = System.nanoTime() - words().overloadPatience().toNanos() - 1;
      var late = new Admission.Arrival(before, false);
      assertThat(Refusals.of(() -> admission.enter(credential("b"), late)))
          .isInstanceOf(Failure.Busy.class);
      taken.close();
    }
    assertEmpty();
  }

  private static void assertBusy(Admission admission, String who) {
    assertThat(Refusals.of(() -> enter(admission, who)))
        .isInstanceOfSatisfying(
            Failure.Busy.class, busy -> assertThat(busy.retryAfter()).isPositive());
  }

  private void assertEmpty() {
    assertThat(meters.get("chancery.admission.working").gauge().value()).isZero();
    assertThat(meters.get("chancery.admission.waiting").gauge().value()).isZero();
  }

  private static Admission.Arrival now() {
    return new Admission.Arrival(System.nanoTime(), false);
  }

  private int waiting() {
    return (int) meters.get("chancery.admission.waiting").gauge().value();
  }

  private static Admission.Place enter(Admission admission, String who) {
    return admission.enter(credential(who), now());
  }

  private static Credential credential(String secret) {
    return new Credential.BearerToken(new Credential.Secret(secret), Optional.empty());
  }

  private Admission admission(int atOnce, Duration patience, int queue) {
    return new Admission(new Words(atOnce, patience, queue), meters);
  }

  private static Words words() {
    return new Words(16, Duration.ofSeconds(60), 10_000);
  }

  /** What an operator says, and the defaults for the rest. */
  record Words(int atOnce, Duration patience, int queue, int crowd, Duration foretold)
      implements AdmissionConfig {
    Words(int atOnce, Duration patience, int queue) {
      this(atOnce, patience, queue, 500, Duration.ofSeconds(8));
    }

    @Override
    public Duration standing() {
      return Duration.ofSeconds(2);
    }

    @Override
    public Duration crowdTime() {
      return Duration.ofSeconds(30);
    }

    @Override
    public Duration overloadPatience() {
      return Duration.ofSeconds(1);
    }
  }
}
