package io.chancery.cli.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.Quoted;
import io.chancery.ledger.note.Checkpoint;
import io.chancery.ledger.note.NoteSignature;
import io.chancery.ledger.note.Submission;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** The witness's door: {@code POST /add-checkpoint} and nothing else. */
final class WitnessServer implements AutoCloseable {
  private static final String PATH = "/add-checkpoint";
  // C2SP tlog-witness: the type of the answer that says which size was seen last.
  private static final String SIZE = "text/x.tlog.size";

  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Observations observations;
  private final Consumer<String> journal;

  private WitnessServer(HttpServer http, Observations observations, Consumer<String> journal) {
    this.http = http;
    this.observations = observations;
    this.journal = journal;
  }

  /**
   * @param journal takes a line for every request
   */
  static WitnessServer start(
      InetSocketAddress listen, Observations observations, Consumer<String> journal) {
    // A client that sends a request octet by octet is not waited for: the JDK's server asks these.
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    System.setProperty("sun.net.httpserver.maxRspTime", "10");
    try {
      WitnessServer server = new WitnessServer(HttpServer.create(listen, 0), observations, journal);
      server.http.setExecutor(server.threads);
      server.http.createContext("/", server::answer);
      server.http.start();
      return server;
    } catch (IOException taken) {
      throw new Failure.Misconfigured(
              "--listen " + listen, taken.getMessage() + "", "name a free address of this machine")
          .because(taken);
    }
  }

  URI uri() {
    InetSocketAddress at = http.getAddress();
    String host = at.getAddress().getHostAddress();
    return URI.create(
        "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + at.getPort());
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answerTo(exchange);
      journal.accept(exchange.getRemoteAddress() + " " + answer.status() + " " + answer.note());
      byte[] octets = answer.text().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      exchange.sendResponseHeaders(answer.status(), octets.length);
      exchange.getResponseBody().write(octets);
    }
  }

  private Answer answerTo(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestURI().getPath().equals(PATH)) {
      return Answer.text(404, "a witness has " + PATH + " only");
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      exchange.getResponseHeaders().set("Allow", "POST");
      return Answer.text(405, "POST a checkpoint here");
    }
    try {
      return answerTo(observations.judge(Submission.parse(body(exchange.getRequestBody()))));
    } catch (PkiException refused) {
      return Answer.text(status(refused.failure()), refused.failure().detail());
    }
  }

  private static byte[] body(InputStream in) throws IOException {
    // One octet more than allowed shows that there are more; the rest is never read.
    return in.readNBytes(Submission.LONGEST + 1);
  }

  /** What is sent, and what the journal notes of it. */
  private record Answer(int status, String type, String text, String note) {
    static Answer text(int status, String text) {
      return new Answer(status, "text/plain; charset=utf-8", text + "\n", text);
    }
  }

  private static Answer answerTo(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Cosigned(Checkpoint checkpoint, NoteSignature cosignature) ->
          new Answer(
              200,
              "text/plain; charset=utf-8",
              cosignature.line(),
              "cosigned " + Quoted.of(checkpoint.origin()) + " at " + checkpoint.size());
      case Verdict.UnknownLog(String origin) ->
          Answer.text(404, "the log " + Quoted.of(origin) + " is not watched here");
      case Verdict.NotSigned(String reason) -> Answer.text(403, reason);
      case Verdict.Backwards(long old, long size) ->
          Answer.text(400, "old size " + old + " is above size " + size);
      case Verdict.Conflict(long seen) -> new Answer(409, SIZE, seen + "\n", "has seen " + seen);
      case Verdict.OtherTree(long old, long size) ->
          Answer.text(422, "the proof from " + old + " to " + size + " does not hold");
    };
  }

  private static int status(Failure failure) {
    return switch (failure) {
      case Failure.Malformed _ -> 400;
      case Failure.TooLarge _ -> 413;
      case Failure.TooManyRequests _ -> 429;
      case Failure.Unavailable _, Failure.Busy _ -> 503;
      // The witness's own disk or key: nothing that the log could mend.
      case Failure.Refused _,
          Failure.LintFailed _,
          Failure.NotFound _,
          Failure.Unauthenticated _,
          Failure.Forbidden _,
          Failure.Conflict _,
          Failure.Misconfigured _,
          Failure.BrokenPromise _ ->
          500;
    };
  }
}
