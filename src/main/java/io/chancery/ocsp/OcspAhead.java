package io.chancery.ocsp;

import io.chancery.Failure;
import io.chancery.inventory.pulse.Complaint;
import io.chancery.issuance.AnswerSigner;
import io.chancery.issuance.Issuer;
import io.chancery.issuance.Issuers;
import io.chancery.issuance.OcspHash;
import io.chancery.x509.IssuerName;
import io.chancery.x509.SerialNumber;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Makes answers before anybody asks: one for each certificate that has not ended. RFC 5019 s2.1.1:
 * clients that live from such answers ask by SHA-1. At most so many a second, the most urgent
 * first; signed outside any transaction, written in one statement. What a crash loses is made
 * again.
 */
@Singleton
final class OcspAhead {
  private static final Logger LOG = Logger.getLogger(OcspAhead.class);

  /** What is committed later than that after it was issued is found by the walk. */
  private static final Duration LATE_COMMITS = Duration.ofSeconds(30);

  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final Duration TIDY = Duration.ofMinutes(10);
  private static final int PAGE = 20_000;
  private static final Duration REST = Duration.ofSeconds(9);
  private static final int URGENT_AT_ONCE = 2_000;

  private final List<Issuer> issuers;
  private final Responders responders;
  private final AnswerShelf shelf;
  private final DataSource source;
  private final OcspConfig config;
  private final InstantSource clock;
  private final AheadSigning signing;
  private final Set<SerialNumber> urgent = ConcurrentHashMap.newKeySet();
  private String walked = "";
  private int pages;
  private Instant restUntil = Instant.EPOCH;

  /** Whatever was issued before has an answer; {@code seenUntil} once what is due is made. */
  private Instant lookedAt;

  private Instant seenUntil;
  private Instant tidied = Instant.EPOCH;

  @Inject
  OcspAhead(
      Issuers issuers,
      Responders responders,
      AnswerShelf shelf,
      DataSource source,
      OcspConfig config,
      InstantSource clock) {
    this.issuers = AheadIssuers.of(config.ahead(), issuers);
    this.responders = responders;
    this.shelf = shelf;
    this.source = source;
    this.config = config;
    this.clock = clock;
    this.signing = new AheadSigning(config);
    this.lookedAt = clock.instant();
    this.seenUntil = lookedAt;
  }

  boolean isWanted() {
    return !issuers.isEmpty();
  }

  /** Its status has changed: it is the next one. */
  void atOnce(SerialNumber serial) {
    if (isWanted()) {
      urgent.add(serial);
    }
  }

  /** Another replica does it. */
  void leaveToOthers() {
    urgent.clear();
  }

  /** How many may be made in a second. */
  int rate() {
    return config.aheadRate();
  }

  /**
   * A part of a second's work.
   *
   * @param most how many may be made, beside those that cannot wait
   * @return how many were made
   */
  synchronized int work(int most) {
    Instant now = clock.instant();
    int made = make(now, rows -> due(rows, most, now));
    if (tidied.plus(TIDY).isBefore(now)) {
      tidied = now;
      LOG.debugf("%d answers have ended", withConnection(AnswerRows::forget));
    }
    return made;
  }

  /** What cannot wait for the next second: certificates whose status has changed. */
  synchronized int hurry() {
    return make(clock.instant(), rows -> List.copyOf(urgent(rows).values()));
  }

  private interface Choice {
    List<DueRows.Due> among(DueRows rows) throws SQLException;
  }

  private int make(Instant now, Choice choice) {
    seenUntil = lookedAt;
    Map<IssuerName, AnswerSigner> signers = new HashMap<>();
    issuers.forEach(issuer -> signers.put(issuer.name(), responders.signer(issuer)));
    List<DueRows.Due> due =
        withConnection(connection -> choice.among(new DueRows(connection, names(signers))));
    List<AnswerRows.Row> made = signing.sign(due, signers, now.truncatedTo(ChronoUnit.SECONDS));
    if (!made.isEmpty()) {
      withConnection(connection -> AnswerRows.save(connection, made));
      made.forEach(row -> shelf.put(row.kept(number(row, signers))));
      made.forEach(row -> urgent.remove(row.facts().serial()));
    }
    if (made.size() == due.size()) {
      lookedAt = seenUntil;
    }
    return made.size();
  }

  private interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  private <T> T withConnection(Work<T> work) {
    try (Connection connection = source.getConnection()) {
      return work.with(connection);
    } catch (SQLException away) {
      throw new Failure.Unavailable("database", Complaint.words(away), RETRY).because(away);
    } catch (CompletionException away) {
      throw new Failure.Unavailable("database", Complaint.NO_CONNECTION, RETRY).because(away);
    }
  }

  /** In the order of their urgency, no more than may be made, each once. */
  private List<DueRows.Due> due(DueRows rows, int mayBeMade, Instant now) throws SQLException {
    Map<SerialNumber, DueRows.Due> due = urgent(rows);
    int most = due.size() + mayBeMade;
    int room = most - due.size();
    List<DueRows.Due> fresh = rows.issuedSince(earlier(lookedAt, now.minus(LATE_COMMITS)), room);
    seenUntil = fresh.isEmpty() || fresh.size() < room ? now : fresh.getLast().issuedAt();
    add(due, fresh);
    if (due.size() < most) {
      add(due, walk(rows, most - due.size(), now));
    }
    if (due.size() < most) {
      add(due, rows.old(most - due.size()));
    }
    return List.copyOf(due.values());
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private Map<SerialNumber, DueRows.Due> urgent(DueRows rows) throws SQLException {
    Map<SerialNumber, DueRows.Due> due = new LinkedHashMap<>();
    List<SerialNumber> first = urgent.stream().limit(URGENT_AT_ONCE).toList();
    if (!first.isEmpty()) {
      add(due, rows.among(first));
      // Ended, or of an issuer whose answers are not made ahead.
      Set<SerialNumber> gone = new HashSet<>(first);
      gone.removeAll(due.keySet());
      urgent.removeAll(gone);
    }
    return due;
  }

  private static void add(Map<SerialNumber, DueRows.Due> to, List<DueRows.Due> more) {
    more.forEach(one -> to.putIfAbsent(one.facts().serial(), one));
  }

  /**
   * A page of the book a second; it finds what nothing else has found. A lap through the book is
   * followed by a rest of nine seconds a page.
   */
  private List<DueRows.Due> walk(DueRows rows, int most, Instant now) throws SQLException {
    if (now.isBefore(restUntil)) {
      return List.of();
    }
    String end = rows.pageEnd(walked, PAGE);
    if (end.isEmpty()) {
      walked = "";
      restUntil = now.plus(REST.multipliedBy(pages));
      pages = 0;
      return List.of();
    }
    pages++;
    List<DueRows.Due> found = rows.missing(walked, end, most);
    walked = found.size() < most ? end : found.getLast().facts().serial().hex();
    return found;
  }

  private int number(AnswerRows.Row row, Map<IssuerName, AnswerSigner> signers) {
    AnswerSigner signer = signers.get(row.issuer());
    if (signer == null) {
      throw new IllegalStateException("an answer has a signer");
    }
    return shelf.forms().number(Responder.key(signer), () -> signer.form(OcspHash.SHA1));
  }

  private static Map<IssuerName, String> names(Map<IssuerName, AnswerSigner> signers) {
    Map<IssuerName, String> names = new HashMap<>();
    signers.forEach((issuer, signer) -> names.put(issuer, Responder.key(signer).responder()));
    return names;
  }
}
