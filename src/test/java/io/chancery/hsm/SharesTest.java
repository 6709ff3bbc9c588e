package io.chancery.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.hsm.crew.Share;
import io.chancery.testing.TestToken;
import io.chancery.x509.KeyAlgorithm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Neither status nor records, however much of them, take the sessions of the others. */
class SharesTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final byte[] MESSAGE = {1, 2, 3};
  private static final int QUEUE = 3;

  private final CountDownLatch release = new CountDownLatch(1);
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private Pkcs11Hsm hsm;
  private SigningKey key;

  @BeforeEach
  void open() throws Exception {
    String label = TestToken.label("shares");
    Path yaml = TestToken.fresh(label);
    TestToken.yaml(
        yaml, label, "sessions: 4\nqueue: 3\nocsp-queue: 3\ncrl-queue: 3\ncall-limit: 20");
    hsm = Pkcs11Hsm.open(HsmConfig.load(yaml).withPatience(LONG));
    key = hsm.generate(KeyAlgorithm.EC_P256, "key");
  }

  @AfterEach
  void close() {
    release.countDown();
    callers.close();
    hsm.close();
  }

  @Test
  void statusAndRecordsTogetherLeaveASessionForCertificates() throws Exception {
    List<Future<?>> status = flood(Share.STATUS, 2);
    List<Future<?>> records = flood(Share.RECORDS, 1);
    mustBeBusy(Purpose.OCSP);
    mustBeBusy(Purpose.CRL);
    for (int i = 0; i < 20; i++) {
      assertThat(signs(Purpose.CERTIFICATE)).isTrue();
    }
    release.countDown();
    for (Future<?> each : status) {
      each.get();
    }
    for (Future<?> each : records) {
      each.get();
    }
  }

  @Test
  void aFloodOfCertificatesAndStatusLeavesTheRecordsTheirTurn() throws Exception {
    flood(Share.STATUS, 2);
    // Certificates have the session that is theirs alone, and the records' own is free for them.
    assertThat(signs(Purpose.CRL)).isTrue();
    assertThat(signs(Purpose.CHECKPOINT)).isTrue();
    assertThat(signs(Purpose.CERTIFICATE)).isTrue();
  }

  /** So many at work, and the queue behind them full. */
  private List<Future<?>> flood(Share share, int atWork) throws InterruptedException {
    List<Future<?>> flood = new ArrayList<>();
    CountDownLatch started = new CountDownLatch(atWork);
    for (int i = 0; i < atWork; i++) {
      flood.add(callers.submit(() -> hsm.threads().call(share, LONG, LONG, seat -> hold(started))));
    }
    started.await();
    for (int i = 0; i < QUEUE; i++) {
      flood.add(callers.submit(() -> hsm.threads().call(share, LONG, LONG, seat -> hold(started))));
    }
    await().atMost(LONG).until(() -> hsm.threads().waiting(share) == QUEUE);
    return flood;
  }

  private void mustBeBusy(Purpose purpose) {
    assertThatThrownBy(() -> key.sign(purpose, MESSAGE))
        .isInstanceOfSatisfying(
            PkiException.class,
            refused -> assertThat(refused.failure()).isInstanceOf(Failure.Busy.class));
  }

  private boolean signs(Purpose purpose) {
    return KeyProof.holds(key.publicKey(), MESSAGE, key.sign(purpose, MESSAGE));
  }

  private String hold(CountDownLatch started) {
    started.countDown();
    boolean done = false;
    while (!done) {
      try {
        release.await();
        done = true;
      } catch (InterruptedException closing) {
        // A native call does not notice an interrupt either.
      }
    }
    return "done";
  }
}
