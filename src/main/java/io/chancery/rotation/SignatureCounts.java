package io.chancery.rotation;

import io.chancery.Caller;
import io.chancery.hsm.Hsm;
import io.chancery.hsm.Purpose;
import io.chancery.hsm.SigningKey;
import io.chancery.inventory.Transactions;
import io.chancery.issuance.AuthorityFile;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Ledger;
import io.chancery.ledger.SignatureCount;
import io.chancery.x509.KeyId;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Puts on the roll how often each key has signed since the last time, and for what. A signature for
 * which no deed asked shows as {@code other}; one that a deed asked for without an entry shows when
 * the counts are added up against the entries.
 */
@Singleton
final class SignatureCounts {
  private static final Logger LOG = Logger.getLogger(SignatureCounts.class);

  private final AuthorityFile authority;
  private final Hsm hsm;
  private final Ledger ledger;
  private final Transactions transactions;
  private final InstantSource clock;
  private final String process = UUID.randomUUID().toString();
  private final Map<KeyId, Map<Purpose, Long>> told = new HashMap<>();
  private Instant since;

  @Inject
  SignatureCounts(
      AuthorityFile authority,
      Hsm hsm,
      Ledger ledger,
      Transactions transactions,
      InstantSource clock) {
    this.authority = authority;
    this.hsm = hsm;
    this.ledger = ledger;
    this.transactions = transactions;
    this.clock = clock;
    this.since = clock.instant();
  }

  /** Writes an entry if anything was signed; returns how many signatures nobody accounts for. */
  synchronized long tell() {
    Instant now = clock.instant();
    Map<KeyId, Map<Purpose, Long>> made = made();
    Map<String, String> facts = new TreeMap<>();
    long other = 0;
    boolean news = false;
    for (var key : made.entrySet()) {
      SignatureCount more = more(key.getValue(), told.getOrDefault(key.getKey(), Map.of()));
      facts.put(SignatureCount.fact(key.getKey()), more.text());
      other += more.of(SignatureCount.Purpose.OTHER);
      news |= isNews(more);
    }
    if (!news) {
      return 0;
    }
    facts.put("process", process);
    facts.put("since", since.toString());
    facts.put("until", now.toString());
    Caller self = new Caller.Authority("count");
    transactions.run(
        () ->
            ledger.append(
                new Event(
                    now,
                    EventKind.SIGNATURES_COUNTED,
                    self.name(),
                    self.organization(),
                    "",
                    facts)));
    told.putAll(made);
    since = now;
    if (other > 0) {
      LOG.errorf("%d signatures were made for which no deed asked: run verify-ledger", other);
    }
    return other;
  }

  /** Every key of the authority; the token is not asked, only what was counted here. */
  private Map<KeyId, Map<Purpose, Long>> made() {
    Set<KeyId> ids = new LinkedHashSet<>();
    for (AuthorityFile.Entry issuer : authority.issuers()) {
      ids.add(issuer.key());
      issuer.responderKey().ifPresent(ids::add);
    }
    ids.add(authority.ledgerKey());
    Map<KeyId, Map<Purpose, Long>> made = new HashMap<>();
    for (KeyId id : ids) {
      SigningKey key = hsm.key(id);
      made.put(id, key.made());
    }
    return made;
  }

  /**
   * A checkpoint over an entry that counts checkpoints would go on for ever: they wait. So do the
   * proofs that keys give whenever their token is connected.
   */
  private static boolean isNews(SignatureCount more) {
    return more.counts().entrySet().stream()
        .anyMatch(
            count ->
                count.getKey() != SignatureCount.Purpose.CHECKPOINT
                    && count.getKey() != SignatureCount.Purpose.PROOF
                    && count.getValue() > 0);
  }

  private static SignatureCount more(Map<Purpose, Long> now, Map<Purpose, Long> before) {
    Map<SignatureCount.Purpose, Long> counts = new EnumMap<>(SignatureCount.Purpose.class);
    now.forEach(
        (purpose, count) ->
            counts.put(
                SignatureCount.Purpose.valueOf(purpose.name()),
                count - before.getOrDefault(purpose, 0L)));
    return new SignatureCount(counts);
  }
}
