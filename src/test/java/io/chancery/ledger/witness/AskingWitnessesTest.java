package io.chancery.ledger.witness;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.chancery.Failure;
import io.chancery.cli.witness.TestWitness;
import io.chancery.ledger.note.Note;
import io.chancery.ledger.note.NoteSigner;
import io.chancery.ledger.note.Signers;
import io.chancery.testing.Refusals;
import io.chancery.testing.TestLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A log and its witnesses: good ones, absent ones, hanging ones and lying ones. */
class AskingWitnessesTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(300);

  private final TestLog log = new TestLog("log.example/1", "as it was");
  private final TestLog rewritten = new TestLog("log.example/1", "as it was not");
  private final NoteSigner liar = Signers.witness("liar.example");

  @TempDir private Path one;
  @TempDir private Path two;
  private Instant now = Instant.ofEpochSecond(1_800_000_000);
  private final InstantSource clock = () -> now;
  private Witnesses witnesses = new Witnesses(List.of(), LIMIT, clock);

  @AfterEach
  void close() {
    witnesses.close();
  }

  @Test
  void allWitnessesCosignWhatGrows() {
    try (TestWitness a = new TestWitness(one, log.key());
        TestWitness b = new TestWitness(two, log.key())) {
      ask(LIMIT, a.asWitness(), b.asWitness());
      for (long size : List.of(1L, 5L, 700L, 700L, 1_000L)) {
        Round round = show(log, size);
        assertThat(round.missing()).isEmpty();
        Note note = log.checkpoint(size);
        for (var signature : round.cosignatures()) {
          note = note.with(signature);
        }
        assertThat(note.verified(List.of(log.key(), a.key(), b.key()))).hasSize(3);
      }
    }
  }

  @Test
  void aWitnessThatSawAnotherSizeIsAskedAgainFromThere() {
    try (TestWitness a = new TestWitness(one, log.key())) {
      ask(LIMIT, a.asWitness());
      assertThat(show(log, 300).cosignatures()).hasSize(1);
      // Another replica, which has never spoken with this witness.
      ask(LIMIT, a.asWitness());
      assertThat(show(log, 700).cosignatures()).hasSize(1);
    }
  }

  @Test
  void aLogThatWasRewrittenIsTold() {
    try (TestWitness a = new TestWitness(one, log.key())) {
      ask(LIMIT, a.asWitness());
      show(log, 300);
      assertMissing(show(rewritten, 300), Round.Why.OTHER_TREE);
      ask(LIMIT, a.asWitness());
      assertMissing(show(rewritten, 700), Round.Why.OTHER_TREE);
      ask(LIMIT, a.asWitness());
      assertMissing(show(log, 200), Round.Why.OTHER_TREE);
    }
  }

  @Test
  void aWitnessThatDoesNotKnowTheLogIsAStranger() {
    TestLog other = new TestLog("other.example", "x");
    try (TestWitness a = new TestWitness(one, other.key())) {
      ask(LIMIT, a.asWitness());
      assertMissing(show(log, 300), Round.Why.STRANGER);
    }
  }

  @Test
  void aWitnessThatHangsCostsTheLimitOnceAndTheOthersNothing() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        TestWitness a = new TestWitness(one, log.key())) {
      URI uri = URI.create("http://127.0.0.1:" + silent.getLocalPort());
      ask(SHORT, new Witness(liar.key(), uri));
      assertMissing(show(log, 300), Round.Why.AWAY);
      assertThat(silent.isBound()).isTrue();
      ask(LIMIT, a.asWitness());
      assertThat(show(log, 300).missing()).isEmpty();
    }
  }

  @Test
  void aWitnessThatFailsIsLeftAloneForLongerAndLonger() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    HttpServer broken = answering(503, "no", asked);
    ask(LIMIT, new Witness(liar.key(), uri(broken)));
    assertMissing(show(log, 300), Round.Why.AWAY);
    assertMissing(show(log, 300), Round.Why.AWAY);
    assertThat(asked).hasValue(1);
    now = now.plusSeconds(1);
    show(log, 300);
    assertThat(asked).hasValue(2);
    now = now.plusSeconds(1);
    show(log, 300);
    assertThat(asked).hasValue(2);
    now = now.plusSeconds(1);
    show(log, 300);
    assertThat(asked).hasValue(3);
    broken.stop(0);
  }

  @ParameterizedTest
  @CsvSource({
    "200, '', UNFIT",
    "200, 'x', UNFIT",
    "200, '\u2014 liar.example AAAAAAA=\n', UNFIT",
    "409, '', UNFIT",
    "409, '-1\n', UNFIT",
    "409, '007\n', UNFIT",
    "409, '7\n', UNFIT",
    "409, '0\n', UNFIT",
    "409, '301\n', OTHER_TREE",
    "422, '', OTHER_TREE",
    "403, '', STRANGER",
    "404, '', STRANGER",
    "301, '', AWAY",
    "500, '', AWAY"
  })
  void answersThatAreNoCosignatureAreTold(int status, String body, Round.Why why)
      throws IOException {
    HttpServer server = answering(status, body, new AtomicInteger());
    ask(LIMIT, new Witness(liar.key(), uri(server)));
    assertMissing(show(log, 300), why);
    server.stop(0);
  }

  @Test
  void aCosignatureOfAnotherTextIsNoCosignature() throws IOException {
    String line = liar.cosign(log.text(299), now).line();
    HttpServer server = answering(200, line, new AtomicInteger());
    ask(LIMIT, new Witness(liar.key(), uri(server)));
    assertMissing(show(log, 300), Round.Why.UNFIT);
    server.stop(0);
  }

  @Test
  void anAnswerWithoutEndIsNotRead() throws IOException {
    HttpServer server = answering(200, "x".repeat(200_000), new AtomicInteger());
    ask(LIMIT, new Witness(liar.key(), uri(server)));
    assertMissing(show(log, 300), Round.Why.AWAY);
    server.stop(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "VKEY", "VKEY ftp://x", "VKEY http:", "VKEY http://x more", "x http://x"})
  void whatIsNoWitnessIsRefused(String text) {
    Failure failure = Refusals.of(() -> Witness.parse(text.replace("VKEY", liar.key().vkey())));
    assertThat(failure).isInstanceOfAny(Failure.Misconfigured.class, Failure.Malformed.class);
  }

  @Test
  void aWitnessIsReadAsItPrintsItself() {
    Witness read = Witness.parse(liar.key().vkey() + " http://127.0.0.1:8470/prefix/");
    assertThat(read.key()).isEqualTo(liar.key());
    assertThat(read.addCheckpoint()).hasToString("http://127.0.0.1:8470/prefix/add-checkpoint");
    assertThat(Refusals.of(() -> Witness.parse(log.key().vkey() + " http://x")))
        .isInstanceOf(Failure.Misconfigured.class);
  }

  private void ask(Duration limit, Witness... all) {
    witnesses.close();
    witnesses = new Witnesses(List.of(all), limit, clock);
  }

  private Round show(TestLog shown, long size) {
    return witnesses.show(shown.checkpoint(size), shown.proofs(size));
  }

  private static void assertMissing(Round round, Round.Why why) {
    assertThat(round.cosignatures()).isEmpty();
    assertThat(round.missing()).singleElement().returns(why, Round.Missing::why);
    Refusals.assertIsPlain(round.missing().getFirst().reason());
  }

  private static HttpServer answering(int status, String body, AtomicInteger asked)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] octets = body.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            asked.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, octets.length == 0 ? -1 : octets.length);
            exchange.getResponseBody().write(octets);
          }
        });
    server.start();
    return server;
  }

  private static URI uri(HttpServer server) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }
}
