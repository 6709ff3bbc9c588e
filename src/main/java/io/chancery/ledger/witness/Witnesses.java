package io.chancery.ledger.witness;

import io.chancery.ledger.note.Checkpoint;
import io.chancery.ledger.note.Note;
import io.chancery.ledger.note.NoteSignature;
import io.chancery.ledger.note.Submission;
import io.chancery.ledger.tree.Consistency;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * All witnesses of a log. They are asked at once; the caller's thread waits for at most the time
 * limit, and computes the proofs. One that fails is left alone for a while, so that a witness which
 * is away costs no checkpoint its time. For one thread.
 */
public final class Witnesses implements AutoCloseable {
  private static final int LONGEST_ANSWER = 64 * 1024;

  private final List<Correspondent> correspondents;
  private final Duration limit;
  private final InstantSource clock;
  private final HttpClient http;

  /**
   * @param limit how long a round may take
   */
  public Witnesses(List<Witness> witnesses, Duration limit, InstantSource clock) {
    this.correspondents = witnesses.stream().map(Correspondent::new).toList();
    this.limit = limit;
    this.clock = clock;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(limit)
            .build();
  }

  /**
   * Shows a checkpoint, signed by the log, to all witnesses.
   *
   * @param proofs the consistency proof from an older size to the checkpoint's; called in the
   *     caller's thread, for sizes up to the checkpoint's only
   */
  public Round show(Note note, LongFunction<Consistency> proofs) {
    return new Showing(note, proofs).round();
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }

  /** An answer as it arrives from the threads of the HTTP client: a status, or what went wrong. */
  private record Arrival(Correspondent from, Reply reply) {}

  /** One checkpoint on its way to all witnesses. */
  private final class Showing {
    private final Note note;
    private final Checkpoint checkpoint;
    private final LongFunction<Consistency> proofs;
    private final long deadline = System.nanoTime() + limit.toNanos();
    private final Instant now = clock.instant();
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final Map<Correspondent, Long> asked = new LinkedHashMap<>();
    private final Set<Correspondent> askedAgain = new HashSet<>();
    private final List<NoteSignature> cosignatures = new ArrayList<>();
    private final List<Round.Missing> missing = new ArrayList<>();

    Showing(Note note, LongFunction<Consistency> proofs) {
      this.note = note;
      this.checkpoint = Checkpoint.parse(note.text());
      this.proofs = proofs;
    }

    Round round() {
      for (Correspondent one : correspondents) {
        if (one.isLeftAlone(now)) {
          missing.add(one.lastFailure());
        } else {
          ask(one, Math.min(one.seen(), checkpoint.size()));
        }
      }
      while (!asked.isEmpty()) {
        Arrival arrival = next();
        if (arrival == null) {
          break;
        }
        take(arrival);
      }
      List.copyOf(asked.keySet())
          .forEach(
              late -> miss(late, Round.Why.AWAY, "no answer within " + limit.toMillis() + " ms"));
      return new Round(cosignatures, missing);
    }

    private void take(Arrival arrival) {
      Correspondent from = arrival.from();
      switch (arrival.reply()) {
        case Reply.Cosigned(NoteSignature cosignature) -> {
          asked.remove(from);
          cosignatures.add(cosignature);
          from.hasSeen(checkpoint.size());
          from.succeeded();
        }
        case Reply.Seen(long size) -> seen(from, size);
        case Reply.No(Round.Why why, String reason) -> miss(from, why, reason);
      }
    }

    /** It knows another size than we thought: it is asked once more, from there. */
    private void seen(Correspondent from, long size) {
      long told = asked.getOrDefault(from, 0L);
      if (size > checkpoint.size()) {
        String ahead = "it has seen " + size + " entries where there are " + checkpoint.size();
        miss(from, Round.Why.OTHER_TREE, ahead);
      } else if (size == told && size == checkpoint.size()) {
        // 409 with the size that we said: at this very size it has seen another root.
        miss(from, Round.Why.OTHER_TREE, "it has seen another tree of " + size + " entries");
      } else if (size == told || !askedAgain.add(from)) {
        miss(from, Round.Why.UNFIT, "it says now one size and now another");
      } else {
        from.hasSeen(size);
        ask(from, size);
      }
    }

    private void ask(Correspondent one, long old) {
      asked.put(one, old);
      HttpRequest request =
          HttpRequest.newBuilder(one.witness().addCheckpoint())
              .timeout(limit)
              .header("Content-Type", "text/plain; charset=utf-8")
              .POST(
                  HttpRequest.BodyPublishers.ofByteArray(
                      Submission.of(proofs.apply(old), note).octets()))
              .build();
      var unused = // what comes of it arrives in the queue
          http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_ANSWER))
              .whenComplete((answer, problem) -> arrivals.add(arrival(one, answer, problem)));
    }

    private Arrival arrival(
        Correspondent from, @Nullable HttpResponse<byte[]> answer, @Nullable Throwable problem) {
      Reply reply =
          answer == null
              ? new Reply.No(Round.Why.AWAY, "no answer: " + cause(problem))
              : Reply.read(from.witness(), note.text(), answer.statusCode(), answer.body());
      return new Arrival(from, reply);
    }

    private void miss(Correspondent one, Round.Why why, String reason) {
      asked.remove(one);
      Round.Missing failure = new Round.Missing(one.name(), why, reason);
      one.failed(now, failure);
      missing.add(failure);
    }

    private @Nullable Arrival next() {
      try {
        return arrivals.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        return null;
      }
    }
  }

  private static String cause(@Nullable Throwable problem) {
    Throwable deepest = problem;
    while (deepest != null && deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest == null ? "unknown" : deepest.getClass().getSimpleName();
  }
}
