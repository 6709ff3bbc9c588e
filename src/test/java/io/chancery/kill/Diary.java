package io.chancery.kill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What was done and what came of it. */
final class Diary {
  final LongAdder requests = new LongAdder();
  final LongAdder served = new LongAdder();
  final LongAdder retries = new LongAdder();
  final LongAdder broken = new LongAdder();
  final LongAdder repeats = new LongAdder();
  final Map<Integer, LongAdder> refusals = new ConcurrentHashMap<>();
  final Queue<Throwable> wrong = new ConcurrentLinkedQueue<>();

  private final Map<Blow, List<Duration>> untilServed = new EnumMap<>(Blow.class);
  private final Map<Blow, Integer> blows = new EnumMap<>(Blow.class);
  private final List<Instant> kills = new ArrayList<>();
  private final AtomicLong newestServed = new AtomicLong();

  void refused(int status) {
    refusals.computeIfAbsent(status, one -> new LongAdder()).increment();
  }

  /** An answer came to something that was asked at this time of {@link System#nanoTime}. */
  void served(long askedAt) {
    served.increment();
    newestServed.accumulateAndGet(askedAt, Math::max);
  }

  boolean hasServedSince(long nanos) {
    return newestServed.get() > nanos;
  }

  void struck(Blow blow, Instant at) {
    kills.add(at);
    blows.merge(blow, 1, Integer::sum);
  }

  void servedAgain(Blow blow, Duration after) {
    untilServed.computeIfAbsent(blow, one -> new ArrayList<>()).add(after);
  }

  /** Whether any kill fell between the two. */
  long killsBetween(Instant from, Instant to) {
    return kills.stream().filter(one -> one.isAfter(from) && one.isBefore(to)).count();
  }

  String text() {
    StringBuilder out = new StringBuilder();
    out.append("kills      ").append(kills.size()).append(" ").append(blows).append('\n');
    untilServed.forEach(
        (blow, times) -> {
          List<Duration> sorted = times.stream().sorted().toList();
          out.append(
              "           served again after %s: median %.1f s, at most %.1f s%n"
                  .formatted(
                      blow, seconds(sorted.get(sorted.size() / 2)), seconds(sorted.getLast())));
        });
    out.append(
        "requests   %d, answered 2xx %d, retries %d, repeated later %d%n"
            .formatted(requests.sum(), served.sum(), retries.sum(), repeats.sum()));
    out.append("while down %d connections broken, refusals %s%n".formatted(broken.sum(), refusals));
    return out.toString();
  }

  static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
