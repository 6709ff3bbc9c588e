package io.chancery.rotation;

import io.chancery.Caller;
import io.chancery.PkiException;
import io.chancery.inventory.KnownIssuers;
import io.chancery.inventory.Transactions;
import io.chancery.issuance.Issuer;
import io.chancery.issuance.Issuers;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Ledger;
import io.chancery.ledger.Restoration;
import io.chancery.ledger.Standing;
import io.chancery.profile.Profile;
import io.chancery.profile.Profiles;
import io.chancery.revocation.CrlPublisher;
import io.chancery.timekeeping.ClockWatch;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** What happens at start, in order, before a listener opens. */
@Singleton
final class Opening {
  private static final Logger LOG = Logger.getLogger(Opening.class);

  private final Issuers issuers;
  private final KnownIssuers known;
  private final Profiles profiles;
  private final ResponderRenewal responders;
  private final CrlPublisher crls;
  private final ServerCertificate server;
  private final Restoration restoration;
  private final Standing standing;
  private final ClockWatch watch;
  private final Ledger ledger;
  private final Transactions transactions;
  private final Scheduler timers;
  private final InstantSource clock;
  private boolean open;

  @Inject
  Opening(
      Issuers issuers,
      KnownIssuers known,
      Profiles profiles,
      ResponderRenewal responders,
      CrlPublisher crls,
      ServerCertificate server,
      Restoration restoration,
      Standing standing,
      ClockWatch watch,
      Ledger ledger,
      Transactions transactions,
      Scheduler timers,
      InstantSource clock) {
    this.issuers = issuers;
    this.known = known;
    this.profiles = profiles;
    this.responders = responders;
    this.crls = crls;
    this.server = server;
    this.restoration = restoration;
    this.standing = standing;
    this.watch = watch;
    this.ledger = ledger;
    this.transactions = transactions;
    this.timers = timers;
    this.clock = clock;
  }

  void open(@Observes StartupEvent start) {
    profiles.mustBeIssuedBy(issuers.all().stream().map(Issuer::name).collect(Collectors.toSet()));
    issuers.all().forEach(one -> known.mustBe(one.name(), one.certificate(), one.chain()));
    // An older database learns what it lacks before anything is signed or answered.
    restoration.compare();
    watch.open();
    recordConfiguration();
    goOn();
    // From here on the timers may sign as well.
    timers.resume();
  }

  /**
   * What must be signed before the authority can serve. While the roll is in doubt nothing is, and
   * what is known is answered as it is; {@link OpeningJob} comes back here.
   */
  synchronized void goOn() {
    if (open || !standing.agreed()) {
      return;
    }
    if (!watch.isAgreed()) {
      statusAlone();
      return;
    }
    responders.renewDue();
    // A CRL is in force before readiness turns up.
    crls.publishDue();
    server.renewDue();
    open = true;
  }

  /** By the house's time; what takes a new certificate waits until the clock is clear. */
  private void statusAlone() {
    try {
      responders.renewDue();
    } catch (PkiException waits) {
      LOG.debugf("a responder's certificate waits: %s", waits.getMessage());
    }
    crls.publishDue();
  }

  /** Looks again whether the doubt is gone: the copy is back, or its loss was accepted. */
  synchronized void lookAgain() {
    if (!open) {
      restoration.compare();
      goOn();
    }
  }

  /** What this authority runs with stands on the roll, by hash where it is long. */
  private void recordConfiguration() {
    Map<String, String> facts = new TreeMap<>();
    for (Issuer issuer : issuers.all()) {
      facts.put("issuer " + issuer.name(), issuer.certificate().thumbprint().hex());
    }
    for (Profile profile : profiles.all()) {
      profiles
          .source(profile.name())
          .ifPresent(source -> facts.put("profile " + profile.name(), source.thumbprint().hex()));
    }
    Caller self = new Caller.Authority("start");
    transactions.run(
        () ->
            ledger.append(
                new Event(
                    clock.instant(),
                    EventKind.CONFIGURATION_LOADED,
                    self.name(),
                    self.organization(),
                    "",
                    facts)));
  }
}
