package io.chancery.revocation.compromise;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.Scope;
import io.chancery.inventory.BlockedKeys;
import io.chancery.inventory.Transactions;
import io.chancery.inventory.mass.MassRevocation;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Ledger;
import io.chancery.x509.RevocationReason;
import io.chancery.x509.Thumbprint;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Reports of keys that are known to others.
 *
 * <p>One person is enough, whoever shows the private key: it protects nobody any more, a second
 * opinion would not make it secret again, and every minute helps whoever else has it. The damage
 * that a false report could do is bounded: what was shown is the key of these certificates and of
 * no others. On a mere word only somebody who acts for all organizations is heard, who could revoke
 * the same certificates one by one.
 */
@Singleton
public final class CompromisedKeys {
  private static final Logger LOG = Logger.getLogger(CompromisedKeys.class);

  private final BlockedKeys blocked;
  private final OwnKeys own;
  private final MassRevocation mass;
  private final Ledger ledger;
  private final Transactions transactions;
  private final jakarta.enterprise.event.Event<OwnKeyReported> alarm;
  private final InstantSource clock;

  @Inject
  CompromisedKeys(
      BlockedKeys blocked,
      OwnKeys own,
      MassRevocation mass,
      Ledger ledger,
      Transactions transactions,
      jakarta.enterprise.event.Event<OwnKeyReported> alarm,
      InstantSource clock) {
    this.blocked = blocked;
    this.own = own;
    this.mass = mass;
    this.ledger = ledger;
    this.transactions = transactions;
    this.alarm = alarm;
    this.clock = clock;
  }

  /** What a report did. */
  public enum Outcome {
    /** The key is blocked, and no certificate with it is in force. */
    BLOCKED,
    /** It is one of the authority's own: people were told, and nothing was done. */
    ALARMED
  }

  /**
   * The answer to a report.
   *
   * @param revoked serials that it has revoked and the caller may see
   */
  public record Report(
      Thumbprint key, BlockedKeys.Proof proof, Outcome outcome, List<String> revoked) {
    public Report {
      revoked = List.copyOf(revoked);
    }
  }

  /** Revokes every certificate with the key, in every organization, and blocks it for ever. */
  public Report report(Caller caller, Evidence evidence, Optional<Instant> invalidityDate) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    // RFC 5280 s5.3.2: the date on which the key is known or suspected to be compromised.
    if (invalidityDate.filter(date -> date.isAfter(now)).isPresent()) {
      throw new Failure.Refused(
              "invalidity-date", "the invalidity date lies in the future", "give a past date")
          .thrown();
    }
    if (!evidence.isProof() && !(caller.actsForAll() && caller.operates())) {
      throw new Failure.Forbidden(
              "reporting a key without showing that it is known",
              "the role operator for all organizations, the private key, or a request that says so")
          .thrown();
    }
    Thumbprint key = evidence.key().thumbprint();
    Optional<String> whose = everywhere(() -> own.whose(key));
    if (whose.isPresent()) {
      return alarm(caller, evidence, whose.get(), now);
    }
    BlockedKeys.Blocked block =
        new BlockedKeys.Blocked(key, now, caller.name(), evidence.proof(), invalidityDate);
    List<MassRevocation.Revoked> revoked = everywhere(() -> carryOut(caller, block));
    LOG.infof("key %s is blocked: %d certificates were revoked", key, revoked.size());
    return new Report(
        key,
        evidence.proof(),
        Outcome.BLOCKED,
        revoked.stream()
            .filter(one -> caller.mayRead(one.organization()))
            .map(one -> one.serial().hex())
            .toList());
  }

  /**
   * Certificates that were on their way when their key was blocked.
   *
   * @return how many were revoked
   */
  int sweep() {
    Caller self = new Caller.Authority("blocked-keys");
    int swept = 0;
    for (BlockedKeys.Blocked key : transactions.call(blocked::missed)) {
      swept += transactions.call(() -> carryOut(self, key)).size();
    }
    return swept;
  }

  private <T> T everywhere(Supplier<T> deed) {
    return Scope.across(Scope.Across.COMPROMISED_KEY, () -> transactions.call(deed));
  }

  private List<MassRevocation.Revoked> carryOut(Caller caller, BlockedKeys.Blocked key) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    boolean fresh = blocked.block(key);
    List<MassRevocation.Revoked> revoked = mass.revoke(key.key(), key.invalidityDate(), now);
    List<Event> events = new ArrayList<>();
    if (fresh) {
      events.add(blocked(caller, key, revoked.size()));
    }
    revoked.forEach(one -> events.add(revoked(caller, key, one, now)));
    ledger.appendAll(events);
    return revoked;
  }

  private Report alarm(Caller caller, Evidence evidence, String whose, Instant now) {
    Thumbprint key = evidence.key().thumbprint();
    transactions.run(
        () ->
            ledger.append(
                Event.of(
                    now,
                    EventKind.OWN_KEY_REPORTED,
                    caller,
                    key.hex(),
                    "whose",
                    whose,
                    "proof",
                    evidence.proof().text())));
    alarm.fire(new OwnKeyReported(key, whose, evidence.proof(), caller.name()));
    return new Report(key, evidence.proof(), Outcome.ALARMED, List.of());
  }

  private static Event blocked(Caller caller, BlockedKeys.Blocked key, int revoked) {
    return Event.of(
        key.at(),
        EventKind.KEY_BLOCKED,
        caller,
        key.key().hex(),
        "proof",
        key.proof().text(),
        "invalidityDate",
        text(key.invalidityDate()),
        "revoked",
        String.valueOf(revoked));
  }

  /** As a single revocation writes it, so that replay and audit read both alike. */
  private static Event revoked(
      Caller caller, BlockedKeys.Blocked key, MassRevocation.Revoked one, Instant at) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("idempotencyKey", "");
    facts.put("requestHash", "");
    facts.put("version", String.valueOf(one.version()));
    facts.put("since", one.since().toString());
    facts.put("reason", RevocationReason.KEY_COMPROMISE.text());
    facts.put("invalidityDate", text(one.invalidityDate()));
    facts.put("blockedKey", key.key().hex());
    return new Event(
        at,
        EventKind.CERTIFICATE_REVOKED,
        caller.name(),
        one.organization(),
        one.serial().hex(),
        facts);
  }

  private static String text(Optional<Instant> time) {
    return time.map(Instant::toString).orElse("");
  }
}
