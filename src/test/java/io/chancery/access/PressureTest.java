package io.chancery.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A crowd waits for as long as it takes; an overload does not. */
class PressureTest {
  private final Pressure pressure =
      new Pressure(new AdmissionTest.Words(16, Duration.ofSeconds(60), 10_000));
  private long now;
  private int waiting;

  @Test
  void aCrowdThatCanBeServedInTimeIsNoOverload() {
    come(2_000);
    for (int second = 0; second < 7; second++) {
      serve(290, Duration.ofSeconds(1));
      assertThat(pressure.isOverloaded()).isFalse();
    }
  }

  @Test
  void tenTimesTheRateIsKnownWithinTheSecondSecond() {
    for (int tenth = 0; tenth < 12; tenth++) {
      come(300);
      serve(30, Duration.ofMillis(100));
    }
    assertThat(pressure.isOverloaded()).isTrue();
    assertThat(pressure.room()).isBetween(290, 310);
    long since = now - Duration.ofMillis(1_100).toNanos();
    assertThat(pressure.hasWaitedInVain(since, now)).isTrue();
    assertThat(pressure.hasWaitedInVain(since + 200_000_000, now)).isFalse();
  }

  @Test
  void aCrowdThatComesAgainIsAnOverloadInTheSecondSecond() {
    come(1_790);
    for (int tenth = 0; tenth < 16; tenth++) {
      assertThat(pressure.isOverloaded()).as("after %s tenths", tenth).isFalse();
      serve(42, Duration.ofMillis(100));
      comeAgain(42);
    }
    assertThat(pressure.isOverloaded()).isTrue();
  }

  @Test
  void aCrowdThatGetsSmallerThoughSomeComeAgainIsNone() {
    come(1_790);
    for (int tenth = 0; tenth < 60; tenth++) {
      serve(42, Duration.ofMillis(100));
      comeAgain(15);
    }
    assertThat(pressure.isOverloaded()).isFalse();
  }

  @Test
  void aCrowdThatIsLongInComingIsNone() {
    for (int tenth = 0; tenth < 50; tenth++) {
      come(42);
      serve(25, Duration.ofMillis(100));
    }
    assertThat(waiting).isGreaterThan(500);
    assertThat(pressure.isOverloaded()).isFalse();
  }

  @Test
  void aShortQueueMayStand() {
    come(600);
    for (int tenth = 0; tenth < 200; tenth++) {
      serve(40, Duration.ofMillis(100));
      comeAgain(40);
    }
    assertThat(pressure.isOverloaded()).isFalse();
  }

  @Test
  void aSmallCrowdMayBeSlow() {
    come(500);
    serve(10, Duration.ofSeconds(20));
    come(10);
    assertThat(pressure.isOverloaded()).isFalse();
  }

  @Test
  void aCrowdThatDoesNotEndIsAnOverload() {
    come(560);
    for (int tenth = 0; tenth < 350; tenth++) {
      serve(29, Duration.ofMillis(100));
      comeAgain(29);
      assertThat(pressure.isOverloaded()).as("after %s tenths", tenth).isEqualTo(tenth >= 300);
    }
  }

  @Test
  void whereNobodyIsServedManyWaitInVain() {
    come(501);
    assertThat(pressure.isOverloaded()).isFalse();
    now += Duration.ofSeconds(9).toNanos();
    come(1);
    assertThat(pressure.isOverloaded()).isTrue();
    assertThat(pressure.room()).isEqualTo(1);
  }

  @Test
  void itEndsWhenNobodyWaits() {
    tenTimesTheRateIsKnownWithinTheSecondSecond();
    serve(waiting, Duration.ofSeconds(1));
    assertThat(pressure.isOverloaded()).isFalse();
    come(400);
    assertThat(pressure.isOverloaded()).isFalse();
  }

  private void come(int many) {
    come(many, false);
  }

  private void comeAgain(int many) {
    come(many, true);
  }

  private void come(int many, boolean again) {
    for (int i = 0; i < many; i++) {
      pressure.waits(++waiting, again, now);
    }
  }

  private void serve(int many, Duration within) {
    for (int i = 0; i < many; i++) {
      now += within.toNanos() / many;
      pressure.served(--waiting, now);
    }
  }
}
