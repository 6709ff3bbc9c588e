package io.chancery.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {
  private final WaitingRoom<String> room = new WaitingRoom<>();

  @Test
  void groupsTakeTurnsAndKeepTheirOwnOrder() {
    enter("a", "a1", "a2", "a3", "a4");
    enter("b", "b1");
    enter("c", "c1");
    assertThat(served(3)).containsExactly("a1", "b1", "c1");
    enter("b", "b2");
    assertThat(served(4)).containsExactly("a2", "b2", "a3", "a4");
    assertThat(room.next(group -> true)).isEmpty();
    assertThat(room.waiting()).isZero();
  }

  @Test
  void inAFullRoomTheLastOfTheLargestGroupMakesPlace() {
    enter("a", "a1", "a2", "a3", "a4", "a5", "a6");
    assertThat(room.enter("a", "a7", 6)).hasValue("a7");
    assertThat(room.enter("b", "b1", 6)).hasValue("a6");
    assertThat(room.enter("b", "b2", 6)).hasValue("a5");
    assertThat(room.enter("b", "b3", 6)).hasValue("a4");
    assertThat(room.enter("b", "b4", 6)).as("no larger than the others").hasValue("b4");
    assertThat(room.waiting()).isEqualTo(6);
    assertThat(served(6)).containsExactly("a1", "b1", "a2", "b2", "a3", "b3");
  }

  @Test
  void aGroupThatHasEnoughIsPassedOver() {
    enter("a", "a1");
    enter("b", "b1");
    assertThat(room.next(group -> !group.equals("a"))).hasValue("b1");
    assertThat(room.next(group -> !group.equals("a"))).isEmpty();
    assertThat(room.hasWaiting("a")).isTrue();
    assertThat(served(1)).containsExactly("a1");
  }

  @Test
  void whoLeavesIsNotServed() {
    enter("a", "a1", "a2");
    assertThat(room.leave("a", "a1")).isTrue();
    assertThat(room.leave("a", "a1")).isFalse();
    assertThat(room.leave("b", "a2")).isFalse();
    assertThat(served(1)).containsExactly("a2");
    assertThat(room.waiting()).isZero();
  }

  @Test
  void thoseInFrontCanBeTurnedOut() {
    enter("a", "a1", "a2", "a3");
    enter("b", "b1");
    enter("c", "c3");
    assertThat(room.turnOut(one -> one.charAt(1) < '3')).containsExactly("a1", "a2", "b1");
    assertThat(room.hasWaiting("b")).isFalse();
    assertThat(room.waiting()).isEqualTo(2);
    assertThat(served(2)).containsExactly("a3", "c3");
  }

  private void enter(String group, String... all) {
    for (String one : all) {
      assertThat(room.enter(group, one, 6)).isEqualTo(Optional.empty());
    }
  }

  private List<String> served(int number) {
    List<String> served = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      served.add(room.next(group -> true).orElseThrow());
    }
    return served;
  }
}
