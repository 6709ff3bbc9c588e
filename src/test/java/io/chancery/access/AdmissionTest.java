package io.chancery.access;

import static org.assertj.core.api.Assertions.assertThat;

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
                  try (Admission.Place place = admission.enter(mine)) {
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
    Admission.Place taken = admission.enter(credential("a"));
    assertBusy(admission, "a");
    assertBusy(admission, "b");
    taken.close();
    taken.close();
    admission.enter(credential("b")).close();
    assertEmpty();
  }

  @Test
  void oneCredentialNeverHasAllPlaces() {
    Admission admission = admission(4, Duration.ofMillis(20), 10);
    List<Admission.Place> slow = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      slow.add(admission.enter(credential("slow")));
    }
    assertBusy(admission, "slow");
    admission.enter(credential("other")).close();
    slow.getFirst().close();
    slow.add(admission.enter(credential("slow")));
    slow.forEach(Admission.Place::close);
    assertEmpty();
  }

  @Test
  void aFullRoomTakesNobody() {
    Admission admission = admission(1, LONG, 0);
    try (Admission.Place taken = admission.enter(credential("a"))) {
      assertThat(taken).isNotNull();
      assertBusy(admission, "b");
    }
    assertEmpty();
  }

  private static void assertBusy(Admission admission, String who) {
    assertThat(Refusals.of(() -> admission.enter(credential(who))))
        .isInstanceOfSatisfying(
            Failure.Busy.class, busy -> assertThat(busy.retryAfter()).isPositive());
  }

  private void assertEmpty() {
    assertThat(meters.get("chancery.admission.working").gauge().value()).isZero();
    assertThat(meters.get("chancery.admission.waiting").gauge().value()).isZero();
  }

  private static Credential credential(String secret) {
    return new Credential.BearerToken(new Credential.Secret(secret), Optional.empty());
  }

  private Admission admission(int atOnce, Duration patience, int queue) {
    return new Admission(new Words(atOnce, patience, queue), meters);
  }

  /** What an operator says, and the defaults for the rest. */
  record Words(int atOnce, Duration patience, int queue) implements AdmissionConfig {
    @Override
    public int crowd() {
      return 500;
    }

    @Override
    public Duration foretold() {
      return Duration.ofSeconds(8);
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
