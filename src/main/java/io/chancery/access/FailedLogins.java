package io.chancery.access;

import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.PkiException;
import io.chancery.inventory.Transactions;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Ledger;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Credentials that were not accepted stand on the roll. Anybody can make them, so in a minute only
 * so many are written one by one; one more entry counts the rest.
 */
@Singleton
final class FailedLogins {
  private static final Logger LOG = Logger.getLogger(FailedLogins.class);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Minute NONE = new Minute(Instant.EPOCH, 0);

  /** How many there were since then. */
  private record Minute(Instant since, long number) {}

  private final Provider<LoginsConfig> config;
  private final Ledger ledger;
  private final Transactions transactions;
  private final InstantSource clock;

  private Minute minute = NONE;

  /** The doors are made before the configuration can be read, so it is asked for when needed. */
  @Inject
  FailedLogins(
      Provider<LoginsConfig> config,
      Ledger ledger,
      Transactions transactions,
      InstantSource clock) {
    this.config = config;
    this.ledger = ledger;
    this.transactions = transactions;
    this.clock = clock;
  }

  void record(Credential credential, Failure.Unauthenticated why) {
    recordRest();
    if (count() <= config.get().recordedPerMinute()) {
      append(kind(credential), why.reason());
    }
  }

  /** The entry for those that were not written, once their minute is over. */
  void recordRest() {
    Minute over = takeOver();
    long rest = over.number() - config.get().recordedPerMinute();
    if (rest > 0) {
      append("any", rest + " more were not accepted in the minute from " + over.since());
    }
  }

  private synchronized long count() {
    minute =
        minute.number() == 0
            ? new Minute(clock.instant(), 1)
            : new Minute(minute.since(), minute.number() + 1);
    return minute.number();
  }

  /** The minute that has ended; the next one begins with the next failure. */
  private synchronized Minute takeOver() {
    if (clock.instant().isBefore(minute.since().plus(MINUTE))) {
      return NONE;
    }
    Minute over = minute;
    minute = NONE;
    return over;
  }

  /** The roll's own failure must not turn a refusal into an outage: the refusal stands anyway. */
  private void append(String credential, String reason) {
    Event event =
        new Event(
            clock.instant(),
            EventKind.LOGIN_FAILED,
            "unknown",
            OrganizationId.AUTHORITY,
            "",
            Map.of("credential", credential, "reason", reason));
    try {
      transactions.run(() -> ledger.append(event));
    } catch (PkiException away) {
      LOG.warnf("a failed login could not be put on the roll: %s", away.getMessage());
    }
  }

  private static String kind(Credential credential) {
    return switch (credential) {
      case Credential.None none -> "none";
      case Credential.ClientCertificate certificate -> "client certificate";
      case Credential.Forwarded forwarded -> "forwarded client certificate";
      case Credential.BearerToken token -> "bearer token";
    };
  }
}
