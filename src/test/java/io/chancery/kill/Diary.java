package io.chancery.kill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What was done and what came of it. */
public final class Diary {
  public final LongAdder requests = new LongAdder();
  public final LongAdder served = new LongAdder();
  public final LongAdder issued = new LongAdder();
  public final LongAdder retries = new LongAdder();
  public final LongAdder broken = new LongAdder();
  public final LongAdder repeats = new LongAdder();
  public final LongAdder renewals = new LongAdder();
  public final LongAdder searches = new LongAdder();
  public final Map<Integer, LongAdder> refusals = new ConcurrentHashMap<>();
  public final Queue<Throwable> wrong = new ConcurrentLinkedQueue<>();

  private final Map<String, List<Duration>> untilServed = new TreeMap<>();
  private final Map<String, Integer> blows = new TreeMap<>();
  private final List<Instant> kills = new ArrayList<>();
  private final AtomicLong newestServed = new AtomicLong();
  private final AtomicLong newestIssued = new AtomicLong();

  public void refused(int status) {
    refusals.computeIfAbsent(status, one -> new LongAdder()).increment();
  }

  /** An answer came to something that was asked at this time of {@link System#nanoTime}. */
  public void served(long askedAt) {
    served.increment();
    newestServed.accumulateAndGet(askedAt, Math::max);
  }

  /** A certificate came to a request that was sent at this time of {@link System#nanoTime}. */
  public void issued(long askedAt) {
    issued.increment();
    newestIssued.accumulateAndGet(askedAt, Math::max);
  }

  public boolean hasIssuedSince(long nanos) {
    return newestIssued.get() > nanos;
  }

  public boolean hasServedSince(long nanos) {
    return newestServed.get() > nanos;
  }

  public void struck(String blow, Instant at) {
    kills.add(at);
    blows.merge(blow, 1, Integer::sum);
  }

  public void servedAgain(String blow, Duration after) {
    untilServed.computeIfAbsent(blow, one -> new ArrayList<>()).add(after);
  }

  /** Whether any kill fell between the two. */
  public long killsBetween(Instant from, Instant to) {
    return kills.stream().filter(one -> one.isAfter(from) && one.isBefore(to)).count();
  }

  public String text() {
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
    out.append(
        "           %d certificates, %d of them renewals, %d searches%n"
            .formatted(issued.sum(), renewals.sum(), searches.sum()));
    out.append("while down %d connections broken, refusals %s%n".formatted(broken.sum(), refusals));
    return out.toString();
  }

  public static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
