package io.chancery.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.hsm.crew.Share;
import io.chancery.testing.TestToken;
import io.chancery.x509.KeyAlgorithm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SigningThreadsTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final byte[] MESSAGE = {1, 2, 3};

  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private Pkcs11Hsm hsm;
  private SigningKey key;

  @BeforeEach
  void open() throws Exception {
    String label = TestToken.label("threads");
    Path yaml = TestToken.fresh(label);
    TestToken.yaml(yaml, label, "sessions: 1\nqueue: 1");
    hsm = Pkcs11Hsm.open(HsmConfig.load(yaml).withPatience(Duration.ofMillis(200)));
    key = hsm.generate(KeyAlgorithm.EC_P256, "key");
  }

  @AfterEach
  void close() {
    release.countDown();
    callers.close();
    hsm.close();
  }

  @Test
  void aFullQueueAnswersBusy() throws Exception {
    Future<String> working = occupy();
    CountDownLatch handedOver = new CountDownLatch(1);
    Future<String> waiting =
        callers.submit(
            () -> {
              handedOver.countDown();
              return hsm.threads().call(Share.ISSUANCE, LONG, LONG, seat -> "waited");
            });
    handedOver.await();
    org.awaitility.Awaitility.await()
        .atMost(LONG)
        .untilAsserted(() -> assertFailsAs(Failure.Busy.class));
    release.countDown();
    assertThat(working.get()).isEqualTo("worked");
    assertThat(waiting.get()).isEqualTo("waited");
    assertThat(KeyProof.holds(key.publicKey(), MESSAGE, key.sign(MESSAGE))).isTrue();
  }

  @Test
  void aCallerWaitsNoLongerThanItsPatienceAndItsWorkIsNotBegun() throws Exception {
    Future<String> working = occupy();
    long before = key.signatures();
    assertFailsAs(Failure.Unavailable.class);
    release.countDown();
    assertThat(working.get()).isEqualTo("worked");
    // What was given up keeps its place until a thread comes to it and passes it over.
    AtomicInteger after = new AtomicInteger();
    org.awaitility.Awaitility.await()
        .atMost(LONG)
        .ignoreException(PkiException.class)
        .until(
            () ->
                hsm.threads().call(Share.ISSUANCE, LONG, LONG, seat -> after.incrementAndGet())
                    > 0);
    assertThat(key.signatures()).isEqualTo(before);
  }

  @Test
  void whenItIsClosedNobodyIsLeftWaiting() throws Exception {
    Future<String> working = occupy();
    Future<String> waiting =
        callers.submit(() -> hsm.threads().call(Share.ISSUANCE, LONG, LONG, seat -> "waited"));
    Future<?> closing = callers.submit(hsm::close);
    release.countDown();
    closing.get();
    assertThat(working.isDone() || working.get().equals("worked")).isTrue();
    assertThatThrownBy(() -> key.sign(MESSAGE))
        .isInstanceOfSatisfying(
            PkiException.class,
            refused -> assertThat(refused.failure().detail()).contains("closed"));
    // Either it came to its turn before the end, or it was told.
    org.awaitility.Awaitility.await().atMost(LONG).until(waiting::isDone);
  }

  @Test
  void aBugInTheWorkIsABugForTheCaller() {
    IllegalStateException bug = new IllegalStateException("a bug");
    assertThatThrownBy(
            () ->
                hsm.threads()
                    .call(
                        Share.ISSUANCE,
                        LONG,
                        LONG,
                        seat -> {
                          throw bug;
                        }))
        .isSameAs(bug);
    assertThat(key.sign(MESSAGE)).isNotEmpty();
  }

  private Future<String> occupy() throws InterruptedException {
    Future<String> working =
        callers.submit(
            () ->
                hsm.threads()
                    .call(
                        Share.ISSUANCE,
                        LONG,
                        LONG,
                        seat -> {
                          started.countDown();
                          awaitRelease();
                          return "worked";
                        }));
    started.await();
    return working;
  }

  private void awaitRelease() {
    boolean done = false;
    while (!done) {
      try {
        release.await();
        done = true;
      } catch (InterruptedException closing) {
        // A native call does not notice an interrupt either.
      }
    }
  }

  private void assertFailsAs(Class<? extends Failure> kind) {
    assertThatThrownBy(() -> key.sign(MESSAGE))
        .isInstanceOfSatisfying(
            PkiException.class, refused -> assertThat(refused.failure()).isInstanceOf(kind));
  }
}
