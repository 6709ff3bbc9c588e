package io.chancery.cli.bench;

import io.chancery.x509.CsrMaker;
import io.chancery.x509.DistinguishedName;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.KeyPairs;
import io.chancery.x509.Pem;
import io.chancery.x509.SubjectAltName;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Certificates asked for at a pace, over kept https connections, beside something else. */
public final class Issuing implements AutoCloseable {
  private static final int SERIAL_DIGITS = 40;
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final Clients clients;
  private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
  private final LongAdder issued = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("issuing").factory());

  private Issuing(Clients clients) {
    this.clients = clients;
  }

  /** Makes the keys and requests first, so that only asking costs time later. */
  static Issuing prepare(Clients clients, int perSecond, Duration length) {
    Issuing issuing = new Issuing(clients);
    long many = perSecond * length.toSeconds();
    for (long i = 0; i < many; i++) {
      issuing.requests.add(csr());
    }
    return issuing;
  }

  Issuing start(int perSecond) {
    timer.scheduleAtFixedRate(
        this::askOnce, 0, TimeUnit.SECONDS.toNanos(1) / perSecond, TimeUnit.NANOSECONDS);
    return this;
  }

  /** A request for a new key under a name that was never asked for. */
  static String csr() {
    String name = "bench-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    return Pem.encode(
        Pem.REQUEST,
        CsrMaker.make(
            KeyPairs.generate(KeyAlgorithm.EC_P256),
            DistinguishedName.parse(""),
            List.of(SubjectAltName.parse("dns:" + name + ".internal.test"))));
  }

  /** A certificate that was really issued, whose serial has all of its 20 octets. */
  public static IssuedCertificate template(Clients clients) {
    while (true) {
      IssuedCertificate made =
          IssuedCertificate.parse(Pem.decodeOne(Pem.CERTIFICATE, clients.enrol(csr())));
      if (made.serial().hex().length() == SERIAL_DIGITS) {
        return made;
      }
    }
  }

  /**
   * Asks for all of them and waits for the answers, whatever they are.
   *
   * @param atOnce requests under way
   * @param meanwhile after each request
   * @return how many were answered with a certificate
   */
  static long all(Clients clients, List<String> requests, int atOnce, Runnable meanwhile) {
    Semaphore free = new Semaphore(atOnce);
    LongAdder issued = new LongAdder();
    for (String csr : requests) {
      free.acquireUninterruptibly();
      clients
          .enrolLater(csr)
          .whenComplete(
              (done, broken) -> {
                issued.add(broken == null && done ? 1 : 0);
                free.release();
              });
      meanwhile.run();
    }
    free.acquireUninterruptibly(atOnce);
    return issued.sum();
  }

  long issued() {
    return issued.sum();
  }

  long failed() {
    return failed.sum();
  }

  @Override
  public void close() {
    timer.shutdownNow();
    Patience.pause(500); // what is on its way comes home
  }

  private void askOnce() {
    String csr = requests.poll();
    if (csr != null) {
      clients
          .enrolLater(csr)
          .thenAccept(
              done -> {
                if (done) {
                  issued.increment();
                } else {
                  failed.increment();
                }
              })
          .exceptionally(
              broken -> {
                failed.increment();
                return null;
              });
    }
  }
}
