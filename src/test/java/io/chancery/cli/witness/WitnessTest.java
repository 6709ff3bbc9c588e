package io.chancery.cli.witness;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Failure;
import io.chancery.ledger.note.Cosignature;
import io.chancery.ledger.note.Note;
import io.chancery.ledger.note.NoteSignature;
import io.chancery.ledger.note.Signers;
import io.chancery.ledger.note.Submission;
import io.chancery.ledger.tree.TreeHash;
import io.chancery.testing.Refusals;
import io.chancery.testing.TestLog;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What C2SP tlog-witness says an add-checkpoint request is answered with, each of it. */
class WitnessTest {
  private final TestLog log = new TestLog("log.example/1", "as it was");
  private final TestLog rewritten = new TestLog("log.example/1", "as it was not");

  @TempDir private Path data;
  private TestWitness witness;

  @BeforeEach
  void start() {
    witness = new TestWitness(data, log.key());
  }

  @AfterEach
  void stop() {
    witness.close();
  }

  @Test
  void aLogThatGrowsIsCosigned() throws Exception {
    assertCosigned(log.submission(0, 3), log.text(3));
    assertCosigned(log.submission(3, 700), log.text(700));
    assertCosigned(log.submission(700, 700), log.text(700));
    assertCosigned(log.submission(700, 1_000), log.text(1_000));
  }

  @Test
  void anEmptyLogIsCosigned() throws Exception {
    assertCosigned(log.submission(0, 0), log.text(0));
    assertCosigned(log.submission(0, 1), log.text(1));
  }

  @Test
  void anotherOldSizeIsAnsweredWithTheOneThatWasSeen() throws Exception {
    assertCosigned(log.submission(0, 300), log.text(300));
    assertConflict(log.submission(0, 700), 300);
    assertConflict(log.submission(299, 700), 300);
    assertConflict(log.submission(0, 200), 300);
  }

  @Test
  void anotherTreeIsNeverCosigned() throws Exception {
    assertCosigned(log.submission(0, 300), log.text(300));
    assertConflict(rewritten.submission(300, 300), 300);
    assertStatus(422, rewritten.submission(300, 700));
    Submission unproven = new Submission(300, List.of(), log.checkpoint(700));
    assertStatus(422, unproven);
    assertCosigned(log.submission(300, 700), log.text(700));
  }

  @Test
  void aProofFromNothingIsEmpty() throws Exception {
    List<TreeHash> path = log.submission(3, 7).proof();
    assertStatus(422, new Submission(0, path, log.checkpoint(7)));
  }

  @Test
  void whatWasSeenOutlivesTheProcess() throws Exception {
    assertCosigned(log.submission(0, 300), log.text(300));
    var key = witness.key();
    witness.close();
    witness = new TestWitness(data, log.key());
    assertThat(witness.key()).isEqualTo(key);
    assertConflict(rewritten.submission(0, 700), 300);
    assertConflict(rewritten.submission(300, 300), 300);
    assertCosigned(log.submission(300, 700), log.text(700));
  }

  @Test
  void ofManyRequestsAtOnceEachGoesOnFromTheOneBefore() throws Exception {
    List<Callable<HttpResponse<String>>> requests = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      TestLog one = i % 2 == 0 ? log : rewritten;
      requests.add(() -> witness.post(one.submission(0, 500)));
    }
    int cosigned = 0;
    List<TestLog> winners = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<HttpResponse<String>>> answers = threads.invokeAll(requests);
      for (int i = 0; i < answers.size(); i++) {
        if (answers.get(i).get().statusCode() == 200) {
          cosigned++;
          winners.add(i % 2 == 0 ? log : rewritten);
        }
      }
    }
    assertThat(cosigned).isEqualTo(1);
    assertThat(winners).hasSize(1);
  }

  @Test
  void aStrangersLogIsNotFoundAndAStrangersSignatureIsForbidden() throws Exception {
    assertStatus(404, new TestLog("other.example/1", "x").submission(0, 3));
    Note good = log.checkpoint(3);
    Note unsigned = Note.unsigned(good.text()).with(Signers.log("mallory").sign(good.text()));
    assertStatus(403, new Submission(0, List.of(), unsigned));
    Note forged = Note.unsigned(log.text(5)).with(good.signatures().getFirst());
    assertStatus(403, new Submission(0, List.of(), forged));
    Note both = unsigned.with(good.signatures().getFirst());
    assertCosigned(new Submission(0, List.of(), both), log.text(3));
  }

  @Test
  void anOldSizeAboveTheNewOneIsABadRequest() throws Exception {
    assertStatus(400, new Submission(4, List.of(), log.checkpoint(3)));
  }

  @Test
  void everyCutRequestIsABadRequest() throws Exception {
    assertCosigned(log.submission(0, 3), log.text(3));
    byte[] body = log.submission(3, 700).octets();
    for (int cut = 0; cut < body.length; cut += 3) {
      HttpResponse<String> answer = witness.post("/add-checkpoint", Arrays.copyOf(body, cut));
      assertThat(answer.statusCode()).as("cut after %d", cut).isEqualTo(400);
    }
    for (String text : List.of("", "\n\n", "old 03\n\nx", "old\n\n", "old -1\n\n", "new 3\n\n")) {
      assertThat(
              witness.post("/add-checkpoint", text.getBytes(StandardCharsets.UTF_8)).statusCode())
          .isEqualTo(400);
    }
    assertCosigned(log.submission(3, 700), log.text(700));
  }

  @Test
  void anEndlessBodyIsNotRead() throws Exception {
    byte[] body = new byte[Submission.LONGEST + 1];
    Arrays.fill(body, (byte) 'a');
    assertThat(witness.post("/add-checkpoint", body).statusCode()).isEqualTo(413);
  }

  @Test
  void nothingElseIsServed() throws Exception {
    assertThat(witness.get("/add-checkpoint").statusCode()).isEqualTo(405);
    assertThat(witness.get("/").statusCode()).isEqualTo(404);
    assertThat(witness.get("/add-checkpoint/../witness.pem").statusCode()).isEqualTo(404);
  }

  @Test
  void aRecordThatCannotBeReadIsNoEmptyRecord() throws Exception {
    assertCosigned(log.submission(0, 300), log.text(300));
    try (Stream<Path> seen = Files.list(data.resolve("seen"))) {
      Files.writeString(seen.findFirst().orElseThrow(), "");
    }
    assertThat(witness.post(rewritten.submission(0, 5)).statusCode()).isNotEqualTo(200);
    assertThat(witness.post(log.submission(300, 700)).statusCode()).isNotEqualTo(200);
  }

  @Test
  void theKeyIsItsOwnersAlone() throws IOException {
    Path file = data.resolve("witness.pem");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    witness.close();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(Refusals.of(() -> new TestWitness(data, log.key())))
        .isInstanceOf(Failure.Misconfigured.class);
  }

  @Test
  void twoWitnessesDoNotShareAFolder() {
    assertThat(Refusals.of(() -> WitnessFolder.open(data)))
        .isInstanceOf(Failure.Misconfigured.class);
  }

  private void assertCosigned(Submission submission, String text) throws Exception {
    HttpResponse<String> answer = witness.post(submission);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    List<NoteSignature> lines = Note.signatureLines(answer.body());
    assertThat(lines).hasSize(1);
    assertThat(witness.key().holds(text, lines.getFirst())).isTrue();
    assertThat(Cosignature.at(lines.getFirst())).isEqualTo(TestWitness.NOW);
  }

  private void assertConflict(Submission submission, long seen) throws Exception {
    HttpResponse<String> answer = witness.post(submission);
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/x.tlog.size");
    assertThat(answer.body()).isEqualTo(seen + "\n");
  }

  private void assertStatus(int status, Submission submission) throws Exception {
    assertThat(witness.post(submission).statusCode()).isEqualTo(status);
  }
}
