package io.chancery.alerts;

import io.chancery.OrganizationId;
import io.chancery.enrolment.Pause;
import io.chancery.enrolment.Pauses;
import io.chancery.inventory.Inventory;
import io.chancery.inventory.Transactions;
import io.chancery.issuance.Issuer;
import io.chancery.issuance.Issuers;
import io.chancery.ledger.Lag;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers what the watch judges: certificates that end soon and are not yet replaced, issuers. */
@Singleton
final class Facts {
  /** The farthest threshold. */
  private static final Duration AHEAD = Duration.ofDays(30);

  private static final int MOST = 5_000;

  private final Inventory inventory;
  private final Issuers issuers;
  private final Pauses pauses;
  private final Lag lag;
  private final Transactions transactions;

  @Inject
  Facts(Inventory inventory, Issuers issuers, Pauses pauses, Lag lag, Transactions transactions) {
    this.inventory = inventory;
    this.issuers = issuers;
    this.pauses = pauses;
    this.lag = lag;
    this.transactions = transactions;
  }

  List<Expiring> gather(Instant now) {
    List<Expiring> facts = new ArrayList<>();
    for (Issuer issuer : issuers.all()) {
      facts.add(
          new Expiring(
              Expiring.Kind.ISSUER,
              issuer.name().value(),
              issuer.name() + " (" + issuer.certificate().subject() + ")",
              OrganizationId.AUTHORITY,
              issuer.certificate().validity()));
    }
    transactions
        .call(() -> inventory.unreplacedEnding(now, now.plus(AHEAD), MOST))
        .forEach(one -> facts.add(fact(one)));
    return facts;
  }

  Optional<Lag.Alarm> ledger() {
    return lag.alarm();
  }

  List<Pause> paused() {
    return pauses.all();
  }

  private static Expiring fact(Inventory.Ending one) {
    boolean own = one.organization().equals(OrganizationId.AUTHORITY);
    return new Expiring(
        own ? Expiring.Kind.OWN : Expiring.Kind.CERTIFICATE,
        one.serial().hex(),
        one.serial() + " (" + one.title() + ")",
        one.organization(),
        one.validity());
  }
}
