package io.chancery.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.PkiException;
import io.chancery.Scope;
import io.chancery.inventory.together.Convoy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deeds that meet share a group, and each is answered as if it were alone. */
@Timeout(60)
class ConvoyTest {
  private static final int MOST = 8;

  private final Queue<List<String>> groups = new ConcurrentLinkedQueue<>();
  private final Semaphore road = new Semaphore(0);
  private final CountDownLatch underWay = new CountDownLatch(1);

  @Test
  void whoeverComesMeanwhileSharesTheNextGroup() throws Exception {
    Convoy<String, String> convoy = convoy();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> all = behind(convoy, callers, "a", "b", "c");
      road.release(100);
      for (Future<String> one : all) {
        assertThat(one.get()).endsWith("!");
      }
    }
    assertThat(groups).hasSize(2);
    assertThat(groups.peek()).containsExactly("first");
    assertThat(List.copyOf(groups).getLast()).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void theLikeNeverShareAGroup() throws Exception {
    Convoy<String, String> convoy = convoy();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> all = behind(convoy, callers, "a", "a", "b");
      road.release(100);
      for (Future<String> one : all) {
        one.get();
      }
    }
    assertThat(groups).hasSize(3).allMatch(group -> new HashSet<>(group).size() == group.size());
  }

  @Test
  void oneThatCannotBeDoneHarmsNoOther() throws Exception {
    Convoy<String, String> convoy = convoy();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> all = behind(convoy, callers, "a", "bad", "c");
      road.release(100);
      assertThat(all.get(0).get()).isEqualTo("first!");
      assertThat(all.get(1).get()).isEqualTo("a!");
      assertThat(all.get(3).get()).isEqualTo("c!");
      assertThatThrownBy(() -> all.get(2).get()).hasRootCauseInstanceOf(PkiException.class);
    }
    assertThat(groups).contains(List.of("a"), List.of("bad"), List.of("c"));
  }

  @Test
  void whereTheDatabaseIsAwayNothingIsTriedAgain() throws Exception {
    Convoy<String, String> convoy = convoy();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> all = behind(convoy, callers, "a", "away");
      road.release(100);
      for (Future<String> one : all.subList(1, 3)) {
        assertThatThrownBy(one::get).rootCause().hasMessageContaining("Unavailable");
      }
    }
    assertThat(groups).hasSize(2);
  }

  @Test
  void whatIsAwayForOneIsNotAwayForAll() throws Exception {
    Convoy<String, String> convoy = convoy();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> all = behind(convoy, callers, "a", "too early");
      road.release(100);
      assertThat(all.get(1).get()).isEqualTo("a!");
      assertThatThrownBy(() -> all.get(2).get()).rootCause().hasMessageContaining("the book");
    }
  }

  @Test
  void whereAGroupIsHeldUpOthersGoRoundIt() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    Convoy<String, String> convoy =
        new Convoy<>(
            MOST,
            1,
            deed -> deed,
            all -> {
              if (all.contains("held")) {
                await(held);
              }
              return all;
            });
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> first = callers.submit(() -> convoy.go("held"));
      assertThat(callers.submit(() -> convoy.go("a")).get()).isEqualTo("a");
      assertThat(callers.submit(() -> convoy.go("b")).get()).isEqualTo("b");
      assertThat(first.isDone()).isFalse();
      held.countDown();
      assertThat(first.get()).isEqualTo("held");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  @Test
  void eachGroupHasOneScope() throws Exception {
    Queue<Scope> seen = new ConcurrentLinkedQueue<>();
    Convoy<Scope, Boolean> convoy =
        new Convoy<>(
            MOST,
            1,
            scope -> new Object(),
            all -> {
              pass();
              seen.add(Scope.current());
              return all.stream().map(Scope.current()::equals).toList();
            });
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> all = new ArrayList<>();
      all.add(callers.submit(() -> convoy.go(Scope.current())));
      underWay.await();
      for (int i = 0; i < 12; i++) {
        Scope own = Scope.of(new OrganizationId("org-" + i % 3));
        all.add(callers.submit(() -> own.during(() -> convoy.go(own))));
      }
      road.release(100);
      for (Future<Boolean> one : all) {
        assertThat(one.get()).isTrue();
      }
    }
    assertThat(seen).contains(Scope.of(new OrganizationId("org-0")));
  }

  @Test
  void everyOneOfManyIsAnsweredOnce() throws Exception {
    Convoy<Integer, Integer> convoy =
        new Convoy<>(
            MOST,
            2,
            number -> number % 5,
            all -> {
              if (all.size() > 1 && all.contains(7)) {
                throw new IllegalStateException("not with others");
              }
              assertThat(all).hasSizeLessThanOrEqualTo(MOST);
              return all.stream().map(number -> number * 2).toList();
            });
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < 5_000; i++) {
        int number = i;
        all.add(callers.submit(() -> convoy.go(number)));
      }
      for (int i = 0; i < all.size(); i++) {
        assertThat(all.get(i).get()).isEqualTo(i * 2);
      }
    }
    assertThat(convoy.go(3)).isEqualTo(6);
  }

  private Convoy<String, String> convoy() {
    return new Convoy<>(MOST, 1, deed -> deed, this::together);
  }

  private List<String> together(List<String> all) {
    pass();
    groups.add(all);
    if (all.contains("bad")) {
      throw new Failure.Conflict("deed", "is bad", "do another").thrown();
    }
    if (all.contains("too early")) {
      throw new Failure.Unavailable("the book", "begins too early", Duration.ofSeconds(1)).thrown();
    }
    if (all.contains("away")) {
      throw new Failure.Unavailable("database", "is away", Duration.ofSeconds(1)).thrown();
    }
    return all.stream().map(deed -> deed + "!").toList();
  }

  private void pass() {
    underWay.countDown();
    road.acquireUninterruptibly();
  }

  /** One that is under way, and then these, which all wait behind it. */
  private List<Future<String>> behind(
      Convoy<String, String> convoy, ExecutorService callers, String... deeds) throws Exception {
    List<Future<String>> all = new ArrayList<>();
    all.add(callers.submit(() -> convoy.go("first")));
    underWay.await();
    for (String deed : deeds) {
      int waiting = all.size();
      all.add(callers.submit(() -> convoy.go(deed)));
      while (convoy.waiting() < waiting) {
        Thread.onSpinWait();
      }
    }
    return all;
  }
}
