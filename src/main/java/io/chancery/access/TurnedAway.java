package io.chancery.access;

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
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * Requests that the door turned away stand on the roll: in each minute the first of a rule and a
 * caller whole, the rest as one number a rule. Anybody can make them, so both are bounded.
 */
@Singleton
public final class TurnedAway {
  private static final Logger LOG = Logger.getLogger(TurnedAway.class);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Provider<LoginsConfig> config;
  private final Ledger ledger;
  private final Transactions transactions;
  private final InstantSource clock;

  private Instant since = Instant.EPOCH;
  private final Set<String> seen = new HashSet<>();
  private final Map<String, Long> rest = new TreeMap<>();

  /** The doors are made before the configuration can be read, so it is asked for when needed. */
  @Inject
  TurnedAway(
      Provider<LoginsConfig> config,
      Ledger ledger,
      Transactions transactions,
      InstantSource clock) {
    this.config = config;
    this.ledger = ledger;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * A request that went no further.
   *
   * @param rule what turned it away, in one word
   * @param who the caller's name, or the address where nobody is known
   * @param facts what else is known of it; nothing that was shown as a secret
   */
  public void record(
      String rule, String who, OrganizationId organization, Map<String, String> facts) {
    recordRest();
    if (isFirst(rule, who)) {
      Map<String, String> whole = new TreeMap<>(facts);
      whole.put("rule", rule);
      append(who, organization, whole);
    }
  }

  /** The entries for those that were not written, once their minute is over. */
  void recordRest() {
    takeOver()
        .forEach(
            (rule, number) ->
                append(
                    "any",
                    OrganizationId.AUTHORITY,
                    Map.of("rule", rule, "more", String.valueOf(number))));
  }

  private synchronized boolean isFirst(String rule, String who) {
    if (seen.isEmpty() && rest.isEmpty()) {
      since = clock.instant();
    }
    if (seen.size() < config.get().recordedPerMinute() && seen.add(rule + " " + who)) {
      return true;
    }
    rest.merge(rule, 1L, Long::sum);
    return false;
  }

  private synchronized Map<String, Long> takeOver() {
    if (clock.instant().isBefore(since.plus(MINUTE))) {
      return Map.of();
    }
    Map<String, Long> over = new TreeMap<>(rest);
    seen.clear();
    rest.clear();
    return over;
  }

  /** The roll's own failure must not turn a refusal into an outage: the refusal stands anyway. */
  private void append(String actor, OrganizationId organization, Map<String, String> facts) {
    Event event =
        new Event(clock.instant(), EventKind.REQUEST_TURNED_AWAY, actor, organization, "", facts);
    try {
      transactions.run(() -> ledger.append(event));
    } catch (PkiException away) {
      LOG.warnf("a refusal could not be put on the roll: %s", away.getMessage());
    }
  }
}
