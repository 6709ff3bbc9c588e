package io.chancery.ocsp;

import io.chancery.inventory.StatusChange;
import io.chancery.issuance.AnswerForm;
import io.chancery.issuance.CertIdStem;
import io.chancery.issuance.Issuer;
import io.chancery.issuance.Issuers;
import io.chancery.issuance.OcspHash;
import io.chancery.visibility.StatusChanged;
import io.chancery.visibility.StatusFeed;
import io.chancery.x509.IssuerName;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps this replica's shelf: fills it at start, follows what is made anywhere, and puts a mark
 * over what a change of status has made untrue before anybody is told of the change.
 */
@Singleton
public final class ShelfFeed {
  /** Before whoever says that a change can be seen here. */
  public static final int BEFORE_ANYBODY_IS_TOLD = 100;

  private static final Logger LOG = Logger.getLogger(ShelfFeed.class);
  private static final Duration SWEEP = Duration.ofMinutes(10);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Instant FIRST_NEWS = Instant.EPOCH.plusNanos(1);
  private static final int BEFORE_THE_POOL_CLOSES = 1;

  private final AnswerShelf shelf;
  private final OcspAhead ahead;
  private final StatusFeed feed;
  private final DataSource source;
  private final OcspConfig config;
  private final InstantSource clock;
  private final Map<IssuerName, Issuer> issuers = new HashMap<>();
  private final Set<AnswerForms.Key> strangers = new HashSet<>();
  private volatile boolean loaded;
  private volatile boolean stopped;
  private Instant swept;
  private @Nullable String position;
  private @Nullable Thread thread;

  @Inject
  ShelfFeed(
      AnswerShelf shelf,
      OcspAhead ahead,
      Issuers issuers,
      StatusFeed feed,
      DataSource source,
      OcspConfig config,
      InstantSource clock) {
    this.shelf = shelf;
    this.ahead = ahead;
    this.feed = feed;
    this.source = source;
    this.config = config;
    this.clock = clock;
    this.swept = clock.instant();
    issuers.all().forEach(issuer -> this.issuers.put(issuer.name(), issuer));
  }

  /** Whether what was made before this start is on the shelf. */
  public boolean isLoaded() {
    return loaded;
  }

  void start(@Observes StartupEvent event) {
    thread = Thread.ofPlatform().daemon().name("answer-shelf").start(this::follow);
  }

  void stop(@Observes @Priority(BEFORE_THE_POOL_CLOSES) ShutdownEvent event)
      throws InterruptedException {
    stopped = true;
    if (thread != null) {
      thread.interrupt();
      thread.join(Duration.ofSeconds(2));
    }
  }

  /** What is on the shelf of a certificate whose status has changed is not sent any more. */
  void changed(@Observes @Priority(BEFORE_ANYBODY_IS_TOLD) StatusChanged news) {
    news.changes().forEach(this::mark);
  }

  private void mark(StatusChange change) {
    Issuer issuer = issuers.get(change.issuer());
    if (issuer == null) {
      return;
    }
    boolean isNews =
        shelf.put(
            KeptAnswer.mark(
                new KeptAnswer.Facts(
                    change.serial(),
                    change.version(),
                    Statuses.status(change.status()),
                    change.notAfter()),
                itself(issuer)));
    if (isNews) {
      ahead.atOnce(change.serial());
    }
  }

  private void follow() {
    while (!stopped) {
      try (Connection connection = source.getConnection()) {
        read(connection);
      } catch (SQLException away) {
        LOG.debugf("the shelf waits for the database: %s", away.getMessage());
      } catch (RuntimeException bug) {
        LOG.error("the shelf could not be filled", bug);
      }
      pause();
    }
  }

  private void read(Connection connection) throws SQLException {
    String from = position;
    if (from == null) {
      // Changes of status are told from here on; what was before is compared below.
      feed.await(FIRST_NEWS, PATIENCE);
      if (feed.knownUntil().isBefore(FIRST_NEWS)) {
        return;
      }
      String first = AnswerRows.position(connection);
      AnswerRows.adopt(connection);
      long started = System.nanoTime();
      AnswerRows.all(connection, row -> put(connection, row));
      outdate(connection);
      position = first;
      loaded = true;
      LOG.infof(
          "the shelf holds %d answers in %d MB, read in %d ms",
          shelf.size(),
          shelf.memory() >> 20,
          Duration.ofNanos(System.nanoTime() - started).toMillis());
    } else {
      position = AnswerRows.since(connection, from, row -> put(connection, row));
    }
    Instant now = clock.instant();
    if (swept.plus(SWEEP).isBefore(now)) {
      swept = now;
      shelf.sweep(now.getEpochSecond());
    }
  }

  /** An answer that was made before a change of status that this process was not told of. */
  private void outdate(Connection connection) throws SQLException {
    ShelfCheck.outdated(
        connection,
        shelf,
        facts ->
            Optional.ofNullable(issuers.get(facts.issuer()))
                .ifPresent(issuer -> shelf.put(KeptAnswer.mark(facts.facts(), itself(issuer)))));
  }

  private void put(Connection connection, AnswerRows.Row row) {
    Issuer issuer = issuers.get(row.issuer());
    AnswerForms.Key key = new AnswerForms.Key(row.issuer(), row.responder());
    if (issuer == null || strangers.contains(key)) {
      return;
    }
    Optional<Integer> number = shelf.forms().number(key).or(() -> form(issuer, key));
    if (number.isPresent()) {
      shelf.put(row.kept(number.get()));
    } else {
      strangers.add(key);
    }
  }

  private Optional<Integer> form(Issuer issuer, AnswerForms.Key key) {
    if (key.responder().isEmpty()) {
      return Optional.of(itself(issuer));
    }
    // On a connection of its own: a cursor is open on the other one.
    try (Connection connection = source.getConnection()) {
      return ShelfCheck.certificate(connection, key.responder())
          .map(
              responder ->
                  shelf.forms().number(key, () -> AnswerForm.delegated(stem(issuer), responder)));
    } catch (SQLException away) {
      throw new IllegalStateException(away);
    }
  }

  private int itself(Issuer issuer) {
    return shelf
        .forms()
        .number(
            new AnswerForms.Key(issuer.name(), ""),
            () -> AnswerForm.itself(stem(issuer), issuer.certificate()));
  }

  private static CertIdStem stem(Issuer issuer) {
    return CertIdStem.of(issuer.name(), issuer.certificate(), OcspHash.SHA1);
  }

  private void pause() {
    try {
      Thread.sleep(config.look());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      stopped = true;
    }
  }
}
