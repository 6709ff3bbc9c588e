package io.chancery.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.hsm.crew.Share;
import io.chancery.testing.TestToken;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.SignatureAlgorithm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** However many ask for status, what the authority must sign goes through. */
class StatusNeverStarvesTheRestTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final byte[] MESSAGE = {1, 2, 3};
  private static final int SESSIONS = 3;
  private static final int QUEUE = 2;

  private final CountDownLatch release = new CountDownLatch(1);
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private Pkcs11Hsm hsm;
  private SigningKey key;

  @BeforeEach
  void open() throws Exception {
    String label = TestToken.label("shares");
    Path yaml = TestToken.fresh(label);
    TestToken.yaml(
        yaml, label, "sessions: " + SESSIONS + "\nqueue: " + QUEUE + "\nocsp-queue: " + QUEUE);
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
  void aFloodOfStatusLeavesASessionForCertificates() throws Exception {
    List<Future<?>> flood = flood(SESSIONS - 1, QUEUE);
    assertThatThrownBy(() -> key.sign(Purpose.OCSP, MESSAGE))
        .isInstanceOfSatisfying(
            PkiException.class,
            refused -> assertThat(refused.failure()).isInstanceOf(Failure.Busy.class));
    // Nobody has let the flood go on, and these come back.
    for (Purpose purpose : List.of(Purpose.CERTIFICATE, Purpose.CRL, Purpose.CHECKPOINT)) {
      assertThat(KeyProof.holds(key.publicKey(), MESSAGE, key.sign(purpose, MESSAGE))).isTrue();
    }
    assertThat(flood).noneMatch(Future::isDone);
    release.countDown();
    for (Future<?> each : flood) {
      each.get();
    }
  }

  @Test
  void theRestIsServedBeforeStatusThatWaitedLonger() throws Exception {
    flood(SESSIONS - 1, QUEUE);
    CountDownLatch reserved = new CountDownLatch(1);
    callers.submit(() -> hsm.threads().call(Share.ISSUANCE, LONG, LONG, seat -> held(reserved)));
    reserved.await();
    AtomicInteger order = new AtomicInteger();
    List<Future<Integer>> rest = new ArrayList<>();
    for (int i = 0; i < QUEUE; i++) {
      rest.add(
          callers.submit(
              () ->
                  hsm.threads().call(Share.ISSUANCE, LONG, LONG, seat -> order.incrementAndGet())));
    }
    Awaitility.await().atMost(LONG).until(() -> restIsFull());
    release.countDown();
    for (Future<Integer> each : rest) {
      assertThat(each.get()).isLessThanOrEqualTo(QUEUE);
    }
  }

  @Test
  void anEcKeySignsWithEachHashThatIsAskedFor() {
    for (SignatureAlgorithm with :
        List.of(
            SignatureAlgorithm.ECDSA_SHA256,
            SignatureAlgorithm.ECDSA_SHA384,
            SignatureAlgorithm.ECDSA_SHA512)) {
      assertThat(key.can(with)).isTrue();
      byte[] signature = key.sign(Purpose.OCSP, with, MESSAGE);
      assertThat(verifies(with, signature)).as(with.jcaName()).isTrue();
    }
    assertThat(key.can(SignatureAlgorithm.RSA_SHA256)).isFalse();
    assertThatThrownBy(() -> key.sign(Purpose.OCSP, SignatureAlgorithm.RSA_SHA256, MESSAGE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private boolean verifies(SignatureAlgorithm with, byte[] signature) {
    try {
      var check = java.security.Signature.getInstance(with.jcaName());
      check.initVerify(
          java.security.KeyFactory.getInstance("EC")
              .generatePublic(
                  new java.security.spec.X509EncodedKeySpec(key.publicKey().info().octets())));
      check.update(MESSAGE);
      return check.verify(signature);
    } catch (java.security.GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  /** Occupies sessions and fills the queue of OCSP; everything of it hangs until the release. */
  private List<Future<?>> flood(int working, int waiting) throws InterruptedException {
    List<Future<?>> flood = new ArrayList<>();
    CountDownLatch started = new CountDownLatch(working);
    for (int i = 0; i < working; i++) {
      flood.add(
          callers.submit(
              () -> hsm.threads().call(Share.STATUS, LONG, LONG, seat -> held(started))));
    }
    started.await();
    CountDownLatch never = new CountDownLatch(waiting);
    for (int i = 0; i < waiting; i++) {
      flood.add(
          callers.submit(() -> hsm.threads().call(Share.STATUS, LONG, LONG, seat -> held(never))));
    }
    Awaitility.await().atMost(LONG).until(() -> hsm.threads().waiting(Share.STATUS) == waiting);
    return flood;
  }

  private boolean restIsFull() {
    return hsm.threads().waiting(Share.ISSUANCE) == QUEUE;
  }

  private String held(CountDownLatch started) {
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
