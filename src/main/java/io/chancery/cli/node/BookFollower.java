package io.chancery.cli.node;

import io.chancery.PkiException;
import io.chancery.cli.local.DatabaseAccess;
import io.chancery.inventory.ChangeReader;
import io.chancery.inventory.IssuerPapersReader;
import io.chancery.inventory.StatusChanges;
import io.chancery.ocsp.KeptAnswer;
import io.chancery.ocsp.ShelfReader;
import io.chancery.revocation.CrlCopies;
import io.chancery.x509.IssuedCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Brings a node what the database has: it only reads, so that a role without any right to write
 * will do. While the database is away the node goes on with what it holds.
 */
final class BookFollower implements Follower {
  private static final Logger LOG = Logger.getLogger(BookFollower.class);
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration ISSUERS = Duration.ofSeconds(30);
  private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);
  private static final Duration LONGEST_READ = Duration.ofSeconds(60);
  private static final int AT_ONCE = 1_000;

  private final Supplier<DatabaseAccess> database;
  private final Holdings holdings;
  private final InstantSource clock;
  private final List<KeptAnswer> news = new ArrayList<>();
  private final ShelfReader shelf;
  private final CrlCopies crls;
  private final Thread thread;
  private @Nullable ChangeReader changes;
  private Instant issuersRead = Instant.EPOCH;
  private volatile Instant knownUntil = Instant.EPOCH;
  private volatile String trouble = "";
  private volatile boolean stopped;

  BookFollower(Supplier<DatabaseAccess> database, Holdings holdings, InstantSource clock) {
    this.database = database;
    this.holdings = holdings;
    this.clock = clock;
    this.shelf = new ShelfReader(holdings.shelf(), holdings::issuer, this::responder, news::add);
    this.crls = new CrlCopies(holdings.crls());
    this.thread = Thread.ofPlatform().daemon().name("book").unstarted(this::follow);
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public void readOnce() {
    try (Connection connection = database.get().connect()) {
      read(connection);
    } catch (SQLException | IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Override
  public Instant knownUntil() {
    return knownUntil;
  }

  @Override
  public String trouble() {
    return trouble;
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.interrupt();
    thread.join(Duration.ofSeconds(2));
  }

  private void follow() {
    while (!stopped) {
      try (Connection connection = database.get().connect()) {
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(LONGEST_READ.toMillis()));
        try (Statement listen = connection.createStatement()) {
          listen.execute("listen " + StatusChanges.CHANNEL);
        }
        PGConnection listener = connection.unwrap(PGConnection.class);
        while (!stopped) {
          read(connection);
          trouble = "";
          listener.getNotifications(Math.toIntExact(LOOK.toMillis()));
        }
      } catch (SQLException | IOException | PkiException away) {
        if (trouble.isEmpty()) {
          LOG.warnf("what is held is served while the database is away: %s", away.getMessage());
        }
        trouble = String.valueOf(away.getMessage());
        pause();
      }
    }
  }

  /** Changes last: an answer that they make untrue must be on the shelf before it is marked. */
  private void read(Connection connection) throws SQLException, IOException {
    Instant asked = clock.instant();
    if (!asked.isBefore(issuersRead.plus(ISSUERS))) {
      for (var row : IssuerPapersReader.all(connection).entrySet()) {
        holdings.take(IssuerPapers.parse(row.getKey(), row.getValue()));
      }
      issuersRead = asked;
    }
    if (changes == null) {
      changes = new ChangeReader(ChangeReader.Place.now(connection), AT_ONCE);
    }
    shelf.read(connection);
    do {
      changes.next(connection).forEach(told -> shelf.mark(told.change()));
    } while (changes.more() && !stopped);
    crls.read(connection);
    holdings.keep(news);
    news.clear();
    knownUntil = asked;
  }

  /** On a connection of its own: answers are being read on the other one. */
  private Optional<IssuedCertificate> responder(String serial) {
    try {
      return holdings.responder(
          serial,
          wanted -> {
            try (Connection connection = database.get().connect()) {
              return ShelfReader.certificate(connection, wanted);
            } catch (SQLException away) {
              throw new IllegalStateException(away);
            }
          });
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  private void pause() {
    try {
      Thread.sleep(AFTER_TROUBLE);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      stopped = true;
    }
  }
}
