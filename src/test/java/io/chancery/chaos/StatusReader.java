package io.chancery.chaos;

import io.chancery.kill.Diary;
import io.chancery.kill.Hands;
import io.chancery.kill.StatusInspection;
import io.chancery.kill.Victim;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;

/**
 * A gateway: asks for CRL, OCSP and the trust document all the time, over plain http. An answer
 * that was once there stays there, but one that was given just before the service was killed; CRL
 * numbers and times never go back; what was revoked stays so.
 */
final class StatusReader implements Runnable {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final long PAUSE = 15_000_000;
  private static final int REMEMBERED = 500;

  /** An answer that was asked for before it was made ahead is kept by whoever makes it ahead. */
  private static final Duration KEPT = Duration.ofSeconds(30);

  private final Victim victim;
  private final Hands hands;
  private final Diary diary;
  private final RandomGenerator random;
  private final BooleanSupplier goOn;
  private final BooleanSupplier mustServe;
  private final StatusInspection questions;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** What was answered before, and whether it was revoked then. */
  private final Map<String, Boolean> answered = new HashMap<>();

  /** When each was first answered, and which process answered it last. */
  private final Map<String, Instant> first = new HashMap<>();

  private final Map<String, Long> answeredBy = new HashMap<>();

  private final List<String> serials = new ArrayList<>();
  private long crlNumber;
  private Instant crlTime = Instant.EPOCH;

  final LongAdder reads = new LongAdder();
  final LongAdder notServed = new LongAdder();

  StatusReader(
      Victim victim,
      Hands hands,
      Diary diary,
      RandomGenerator random,
      BooleanSupplier goOn,
      BooleanSupplier mustServe)
      throws IOException {
    this.victim = victim;
    this.hands = hands;
    this.diary = diary;
    this.random = random;
    this.goOn = goOn;
    this.mustServe = mustServe;
    this.questions = new StatusInspection(victim);
  }

  @Override
  public void run() {
    try {
      while (goOn.getAsBoolean()) {
        readCrl();
        readTrust();
        askAboutANewOne();
        for (int i = 0; i < 4; i++) {
          askAgain();
        }
        LockSupport.parkNanos(PAUSE);
      }
    } catch (AssertionError | RuntimeException | IOException | OCSPException unexpected) {
      diary.wrong.add(unexpected);
    }
  }

  long crlNumber() {
    return crlNumber;
  }

  private void readCrl() throws IOException {
    byte[] body = get("/crl/issuing.crl");
    if (body.length == 0) {
      return;
    }
    X509CRLHolder crl = new X509CRLHolder(body);
    long number =
        ASN1Integer.getInstance(crl.getExtension(Extension.cRLNumber).getParsedValue())
            .longValueExact();
    Instant time = crl.getThisUpdate().toInstant();
    // RFC 5280 s5.2.3: monotonically increasing.
    must(number >= crlNumber, "CRL number " + number + " after " + crlNumber);
    must(!time.isBefore(crlTime), "CRL of " + time + " after one of " + crlTime);
    must(
        crl.getNextUpdate().toInstant().isAfter(Instant.now()), "CRL number " + number + " is old");
    crlNumber = number;
    crlTime = time;
  }

  private void readTrust() {
    get("/trust/bundle.pem");
  }

  /** One that is not answered yet may wait for its first signature. */
  private void askAboutANewOne() throws IOException, OCSPException {
    List<String> held = hands.held().values().stream().map(Hands.Held::serial).toList();
    if (held.isEmpty()) {
      return;
    }
    String serial = held.get(random.nextInt(held.size()));
    if (!answered.containsKey(serial)) {
      ask(serial, false);
    }
  }

  private void askAgain() throws IOException, OCSPException {
    if (!serials.isEmpty()) {
      ask(serials.get(random.nextInt(serials.size())), true);
    }
  }

  private void ask(String serial, boolean must) throws IOException, OCSPException {
    boolean acknowledged = hands.revoked().contains(serial);
    long process = victim.process().pid();
    byte[] body = exchange(questions.request(serial), must);
    if (body.length == 0) {
      return;
    }
    OCSPResp response = new OCSPResp(body);
    if (response.getStatus() != OCSPResp.SUCCESSFUL) {
      // RFC 6960 s4.2.1 tryLater: allowed for what was never answered before.
      must(
          !must || mayBeForgotten(serial),
          "OCSP answers " + response.getStatus() + " about " + serial);
      return;
    }
    SingleResp single = ((BasicOCSPResp) response.getResponseObject()).getResponses()[0];
    must(
        single.getNextUpdate().toInstant().isAfter(Instant.now()),
        "OCSP's answer about " + serial + " ended " + single.getNextUpdate());
    boolean revoked = single.getCertStatus() instanceof RevokedStatus;
    must(revoked || !answered.getOrDefault(serial, false), serial + " is good again");
    must(!revoked || acknowledged || isInHand(serial), serial + " is revoked by nobody");
    answeredBy.put(serial, process);
    first.putIfAbsent(serial, Instant.now());
    if (answered.put(serial, revoked) == null) {
      remember(serial);
    }
  }

  /** Another process answered it, shortly before it was killed. */
  private boolean mayBeForgotten(String serial) {
    ProcessHandle process = victim.process();
    Instant answeredFirst = first.getOrDefault(serial, Instant.EPOCH);
    // Nobody knows when one began that is dead by now.
    return answeredBy.getOrDefault(serial, 0L) != process.pid()
        && process
            .info()
            .startInstant()
            .map(start -> answeredFirst.isAfter(start.minus(KEPT)))
            .orElse(true);
  }

  /** A revocation that is on its way is no client's yet. */
  private boolean isInHand(String serial) {
    return hands.held().values().stream().anyMatch(one -> one.serial().equals(serial));
  }

  private void remember(String serial) {
    if (serials.size() < REMEMBERED) {
      serials.add(serial);
    } else {
      serials.set(random.nextInt(REMEMBERED), serial);
    }
  }

  private byte[] get(String path) {
    return exchange(
        HttpRequest.newBuilder(URI.create(victim.http() + path)).timeout(LIMIT).build(), true);
  }

  /** The body of a 200; empty where it was not served, which is wrong unless it may be. */
  private byte[] exchange(HttpRequest request, boolean must) {
    boolean before = mustServe.getAsBoolean();
    reads.increment();
    String trouble;
    try {
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() == 200) {
        return answer.body();
      }
      trouble = "status " + answer.statusCode();
    } catch (IOException down) {
      trouble = down.toString();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
    if (must && before && mustServe.getAsBoolean()) {
      notServed.increment();
      throw new AssertionError(request.method() + " " + request.uri() + ": " + trouble);
    }
    return new byte[0];
  }

  private static void must(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
