package io.chancery.canary;

import io.chancery.Caller;
import io.chancery.OrganizationId;
import io.chancery.PkiException;
import io.chancery.enrolment.Enrolment;
import io.chancery.enrolment.EnrolmentRequest;
import io.chancery.inventory.Entry;
import io.chancery.issuance.Issuer;
import io.chancery.issuance.Issuers;
import io.chancery.issuance.StatusAddresses;
import io.chancery.profile.ProfileName;
import io.chancery.revocation.Revocations;
import io.chancery.x509.Csr;
import io.chancery.x509.CsrMaker;
import io.chancery.x509.DistinguishedName;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.KeyPairs;
import io.chancery.x509.RevocationReason;
import io.chancery.x509.SubjectAltName;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Issues a certificate, uses it, revokes it, and asks at every public address until the revocation
 * is seen there. A crash on the way leaves a certificate of some minutes.
 */
@Singleton
public final class Canary {
  private static final Logger LOG = Logger.getLogger(Canary.class);
  private static final Caller SELF = new Caller.Authority("canary");
  private static final SubjectAltName NAME = SubjectAltName.parse("uri:urn:chancery:canary");
  private static final Duration ASK_AGAIN = Duration.ofMillis(50);

  private final Enrolment enrolment;
  private final Revocations revocations;
  private final Issuers issuers;
  private final OwnDoor door;
  private final Validator validator;
  private final Flights flights;
  private final CanaryConfig config;
  private final StatusAddresses addresses;
  private final InstantSource clock;
  private final MeterRegistry meters;
  private volatile boolean stopped;

  @Inject
  Canary(
      Enrolment enrolment,
      Revocations revocations,
      Issuers issuers,
      OwnDoor door,
      Validator validator,
      Flights flights,
      CanaryConfig config,
      StatusAddresses addresses,
      InstantSource clock,
      MeterRegistry meters) {
    this.enrolment = enrolment;
    this.revocations = revocations;
    this.issuers = issuers;
    this.door = door;
    this.validator = validator;
    this.flights = flights;
    this.config = config;
    this.addresses = addresses;
    this.clock = clock;
    this.meters = meters;
  }

  void stop() {
    stopped = true;
  }

  /** One flight; what it finds is kept, and told where it is trouble. */
  public List<Flight> fly() {
    Instant at = clock.instant();
    List<Flight> found;
    try {
      found = flight(at);
    } catch (PkiException | IOException failed) {
      String trouble = "before anything could be asked: " + failed.getMessage();
      found =
          everywhere().stream()
              .map(one -> new Flight(one.toString(), at, trouble, Duration.ZERO, Duration.ZERO))
              .toList();
    }
    if (!stopped) {
      flights.keep(found);
      found.stream().filter(one -> !one.isWell()).forEach(Canary::warn);
    }
    return found;
  }

  private List<Flight> flight(Instant at) throws IOException {
    KeyPair pair = KeyPairs.generate(KeyAlgorithm.EC_P256);
    Entry entry = timed("issue", () -> issue(pair));
    Issuer issuer = issuers.named(entry.issuer());
    Optional<String> unused = use(pair, entry, issuer);
    revocations.revoke(
        SELF,
        entry.serial(),
        RevocationReason.CESSATION_OF_OPERATION,
        Optional.empty(),
        Optional.empty());
    long revoked = System.nanoTime();
    // All at once: how long one address takes must not count against another.
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Flight>> flying =
          everywhere().stream()
              .map(
                  address ->
                      threads.submit(() -> flight(address, at, entry, issuer, revoked, unused)))
              .toList();
      List<Flight> found = new ArrayList<>();
      for (Future<Flight> one : flying) {
        found.add(landed(one));
      }
      return found;
    }
  }

  private static <T> T landed(Future<T> flying) throws IOException {
    try {
      return flying.get();
    } catch (ExecutionException bug) {
      throw new IllegalStateException(bug.getCause());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stop);
    }
  }

  private Entry issue(KeyPair pair) {
    return enrolment.issue(
        new EnrolmentRequest(
            SELF,
            OrganizationId.AUTHORITY,
            new ProfileName(config.profile()),
            Csr.parse(CsrMaker.make(pair, DistinguishedName.EMPTY, List.of(NAME)).octets()),
            List.of(NAME),
            Optional.of(config.validity()),
            "",
            Optional.empty(),
            Optional.empty()));
  }

  /** A mutual TLS call to the own listener; what went wrong, if anything. */
  private Optional<String> use(KeyPair pair, Entry entry, Issuer issuer) {
    try {
      int status = timed("use", () -> door.call(pair, entry, issuer));
      return status == 200
          ? Optional.empty()
          : Optional.of("its own https answered " + status + " to a new certificate");
    } catch (IOException failed) {
      return Optional.of("its own https could not be used: " + failed.getMessage());
    }
  }

  private Flight flight(
      URI address, Instant at, Entry entry, Issuer issuer, long revoked, Optional<String> unused)
      throws IOException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Answered> asking =
          threads.submit(
              () ->
                  until(
                      revoked,
                      config.ocspWithin(),
                      "OCSP",
                      () -> validator.ocspSaysRevoked(address, issuer, entry.serial())));
      Answered crl =
          until(
              revoked,
              config.crlWithin(),
              "a CRL",
              () -> validator.crlHolds(address, issuer, entry.serial()));
      Answered ocsp = landed(asking);
      timer("ocsp", address.toString()).record(ocsp.taken());
      timer("crl", address.toString()).record(crl.taken());
      String trouble =
          Stream.of(unused, ocsp.trouble(), crl.trouble())
              .flatMap(Optional::stream)
              .collect(Collectors.joining("; "));
      return new Flight(address.toString(), at, trouble, ocsp.taken(), crl.taken());
    }
  }

  /** How long it took until a question was answered with yes, and what is wrong with that. */
  private record Answered(Duration taken, Optional<String> trouble) {}

  /** Asks again and again; what comes too late, or never, is trouble. */
  private Answered until(long revoked, Duration limit, String what, Question question) {
    String last = "it is not yet known there";
    Duration taken = Duration.ZERO;
    while (!stopped && taken.compareTo(config.patience()) < 0) {
      try {
        boolean shown = question.ask();
        taken = Duration.ofNanos(System.nanoTime() - revoked);
        if (shown) {
          return new Answered(taken, late(what, taken, limit));
        }
        last = "it is not yet known there";
      } catch (IOException failed) {
        last = failed.toString();
        taken = Duration.ofNanos(System.nanoTime() - revoked);
      }
      pause();
    }
    return new Answered(
        taken, Optional.of(what + " did not say revoked in " + taken.toSeconds() + " s: " + last));
  }

  private static Optional<String> late(String what, Duration taken, Duration limit) {
    return taken.compareTo(limit) > 0
        ? Optional.of(what + " said revoked only after " + taken.toMillis() + " ms")
        : Optional.empty();
  }

  private interface Question {
    boolean ask() throws IOException;
  }

  private interface Step<T> {
    T run() throws IOException;
  }

  private <T> T timed(String step, Step<T> work) throws IOException {
    long begun = System.nanoTime();
    T result = work.run();
    timer(step, "").record(Duration.ofNanos(System.nanoTime() - begun));
    return result;
  }

  private Timer timer(String step, String address) {
    return Timer.builder("chancery.canary")
        .description("how long each step of the canary took")
        .tag("step", step)
        .tag("address", address)
        .register(meters);
  }

  private List<URI> everywhere() {
    List<URI> all = new ArrayList<>();
    all.add(addresses.base());
    config.addresses().ifPresent(all::addAll);
    return all;
  }

  private void pause() {
    try {
      Thread.sleep(ASK_AGAIN);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      stopped = true;
    }
  }

  private static void warn(Flight flight) {
    LOG.warnf("the canary at %s: %s", flight.address(), flight.trouble());
  }
}
