package io.chancery.inventory.together;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.Scope;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Deeds of one kind that meet travel together: one question to the database, or one transaction and
 * one commit, serves all of them. Whoever finds a road free sets out at once, alone if nobody else
 * is there; whoever comes meanwhile leaves with the next. Nobody waits for company, so a single
 * deed takes no longer than it would by itself; except where deeds come close upon each other and
 * the {@link Pace} says that a group is worth some milliseconds. Where a group is held up, by a
 * connection that has gone silent or a lock, those behind it open another road.
 *
 * <p>A caller sees what it would see alone. Its deed begins after it came, and has ended when it is
 * answered. Where a group fails, each of its deeds is done again by itself, so that one that cannot
 * be done harms no other; unless the database is away or may have committed, which all are told.
 *
 * <p>Only deeds of one {@link Scope} share a group: each sees the rows that it would see alone.
 */
public final class Convoy<D, R> {
  private static final Duration COME_AGAIN = Duration.ofSeconds(2);

  /** As {@code Transactions} calls it. Whatever else is away may be so for one deed only. */
  private static final String DATABASE = "database";

  private static final int MOST_QUESTIONS = 256;

  /** A group takes some milliseconds; one that takes so long is held up. */
  private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(500);

  /** As many roads more while others are held up, each on a connection of its own. */
  private static final int DETOURS = 4;

  private final int most;
  private final int roads;
  private final Function<D, ?> apart;
  private final Function<List<D>, List<R>> together;
  private final Pace pace;
  private final Deque<Traveller<D, R>> waiting = new ArrayDeque<>();
  private int underWay;
  private long lastSetOut = System.nanoTime();

  /**
   * A convoy of deeds that end with a commit.
   *
   * @param most how many deeds a group has at most
   * @param roads how many groups may be under way at once
   * @param apart two deeds for which this is equal never share a group
   * @param together does them all or none, and answers in their order; must be able to do one
   */
  public Convoy(int most, int roads, Function<D, ?> apart, Function<List<D>, List<R>> together) {
    this(most, roads, apart, together, Pace.ofCommits(System.nanoTime()));
  }

  Convoy(
      int most, int roads, Function<D, ?> apart, Function<List<D>, List<R>> together, Pace pace) {
    this.most = most;
    this.roads = roads;
    this.apart = apart;
    this.together = together;
    this.pace = pace;
  }

  /** A convoy of questions: any of them may share one. */
  public static <D, R> Convoy<D, R> ofQuestions(Function<List<D>, List<R>> ask) {
    return new Convoy<>(MOST_QUESTIONS, 1, one -> new Object(), ask, Pace.never(System.nanoTime()));
  }

  /** One deed, its caller's scope, and what came of it: empty where it must be done alone. */
  private record Traveller<D, R>(D deed, Scope scope, CompletableFuture<Optional<R>> arrival) {}

  /** Does it with whoever else is there, and answers what came of it. */
  public R go(D deed) {
    Traveller<D, R> me = new Traveller<>(deed, Scope.current(), new CompletableFuture<>());
    join(me);
    return arrived(me).orElseGet(() -> together.apply(List.of(deed)).getFirst());
  }

  /** How many have come and not set out. */
  public synchronized int waiting() {
    return waiting.size();
  }

  private synchronized void join(Traveller<D, R> me) {
    waiting.add(me);
    pace.came(System.nanoTime());
    if (pace.isEnough(waiting.size())) {
      notifyAll(); // whoever rests before it leads
    }
  }

  /** Leads a group where a road is free, or where all are held up. */
  private void leadIfFree() {
    if (opensRoad()) {
      rest();
      travel(nextGroup());
      if (mustGoOn()) {
        Thread.ofVirtual().name("convoy").start(this::travelOn);
      }
    }
  }

  private synchronized boolean opensRoad() {
    boolean heldUp = System.nanoTime() - lastSetOut > PATIENCE;
    if (waiting.isEmpty() || underWay >= (heldUp ? roads + DETOURS : roads)) {
      return false;
    }
    underWay++;
    return true;
  }

  /** Until the next group is due, or large enough. */
  private synchronized void rest() {
    long left;
    while (!pace.isEnough(waiting.size())
        && (left = pace.left(lastSetOut, System.nanoTime())) > 0) {
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Whoever waits first, and all behind it who may share its group. */
  private synchronized List<Traveller<D, R>> nextGroup() {
    lastSetOut = System.nanoTime();
    List<Traveller<D, R>> group = new ArrayList<>();
    Set<Object> taken = new HashSet<>();
    Iterator<Traveller<D, R>> each = waiting.iterator();
    while (group.size() < most && each.hasNext()) {
      Traveller<D, R> one = each.next();
      boolean sameScope = group.isEmpty() || group.getFirst().scope().equals(one.scope());
      if (sameScope && taken.add(apart.apply(one.deed()))) {
        group.add(one);
        each.remove();
      }
    }
    return group;
  }

  /** Whether others have come; where none have, the road is free again. */
  private synchronized boolean mustGoOn() {
    if (waiting.isEmpty()) {
      underWay--;
      return false;
    }
    return true;
  }

  private void travelOn() {
    do {
      rest();
      travel(nextGroup());
    } while (mustGoOn());
  }

  private void travel(List<Traveller<D, R>> group) {
    if (group.isEmpty()) {
      return; // another road took them
    }
    List<D> deeds = group.stream().map(Traveller::deed).toList();
    try {
      List<R> came = group.getFirst().scope().during(() -> together.apply(deeds));
      for (int i = 0; i < group.size(); i++) {
        group.get(i).arrival().complete(Optional.of(came.get(i)));
      }
    } catch (RuntimeException failed) {
      boolean eachAlone = group.size() > 1 && !isAway(failed);
      for (Traveller<D, R> one : group) {
        if (eachAlone) {
          one.arrival().complete(Optional.empty());
        } else {
          one.arrival().completeExceptionally(failed);
        }
      }
    } catch (Error fatal) {
      group.forEach(one -> one.arrival().completeExceptionally(fatal));
    }
  }

  /** It cannot be done now, by no one; or nobody knows whether it was. */
  public static boolean isAway(RuntimeException failed) {
    return failed instanceof PkiException known
        && known.failure() instanceof Failure.Unavailable away
        && away.part().equals(DATABASE);
  }

  private Optional<R> arrived(Traveller<D, R> me) {
    while (true) {
      leadIfFree();
      try {
        return me.arrival().get(PATIENCE, TimeUnit.NANOSECONDS);
      } catch (TimeoutException heldUp) {
        continue;
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
        throw new Failure.Unavailable("service", "it is stopping", COME_AGAIN).because(stopping);
      } catch (ExecutionException failed) {
        switch (failed.getCause()) {
          case PkiException known -> throw new PkiException(known.failure(), known);
          case RuntimeException bug -> throw bug;
          case Error fatal -> throw fatal;
          case null, default -> throw new IllegalStateException(failed);
        }
      }
    }
  }
}
