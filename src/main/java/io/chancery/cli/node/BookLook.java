package io.chancery.cli.node;

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
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * What the database has. It only reads, so that a role without any right to write will do, and
 * keeps one connection for life.
 */
final class BookLook implements Follower.Look {
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration ISSUERS = Duration.ofSeconds(30);
  private static final Duration LONGEST_READ = Duration.ofSeconds(60);
  private static final int AT_ONCE = 1_000;

  private final Supplier<DatabaseAccess> database;
  private final Holdings holdings;
  private final InstantSource clock;
  private final List<KeptAnswer> news = new ArrayList<>();
  private final ShelfReader shelf;
  private final CrlCopies crls;
  private @Nullable Connection connection;
  private @Nullable ChangeReader changes;
  private Instant issuersRead = Instant.EPOCH;

  BookLook(Supplier<DatabaseAccess> database, Holdings holdings, InstantSource clock) {
    this.database = database;
    this.holdings = holdings;
    this.clock = clock;
    this.shelf = new ShelfReader(holdings.shelf(), holdings::issuer, this::responder, news::add);
    this.crls = new CrlCopies(holdings.crls());
  }

  @Override
  public void look() throws SQLException, IOException {
    Connection open = connection;
    if (open == null) {
      open = connected();
      connection = open;
    }
    read(open);
  }

  @Override
  public void rest() throws SQLException {
    if (connection != null) {
      connection.unwrap(PGConnection.class).getNotifications(Math.toIntExact(LOOK.toMillis()));
    }
  }

  @Override
  public void reset() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException gone) {
      return; // it is closed either way
    } finally {
      connection = null;
    }
  }

  private Connection connected() throws SQLException {
    Connection open = database.get().connect();
    open.setNetworkTimeout(Runnable::run, Math.toIntExact(LONGEST_READ.toMillis()));
    try (Statement listen = open.createStatement()) {
      listen.execute("listen " + StatusChanges.CHANNEL);
    }
    return open;
  }

  /** Changes last: an answer that they make untrue must be on the shelf before it is marked. */
  private void read(Connection open) throws SQLException, IOException {
    Instant now = clock.instant();
    if (!now.isBefore(issuersRead.plus(ISSUERS))) {
      for (var row : IssuerPapersReader.all(open).entrySet()) {
        holdings.take(IssuerPapers.parse(row.getKey(), row.getValue()));
      }
      issuersRead = now;
    }
    ChangeReader reader = changes;
    if (reader == null) {
      reader = new ChangeReader(ChangeReader.Place.now(open), AT_ONCE);
      changes = reader;
    }
    shelf.read(open);
    do {
      reader.next(open).forEach(told -> shelf.mark(told.change()));
    } while (reader.more());
    crls.read(open);
    holdings.keep(news);
    news.clear();
  }

  /** On a connection of its own: answers are being read on the other one. */
  private Optional<IssuedCertificate> responder(String serial) {
    try {
      return holdings.responder(
          serial,
          wanted -> {
            try (Connection other = database.get().connect()) {
              return ShelfReader.certificate(other, wanted);
            } catch (SQLException away) {
              throw new IllegalStateException(away);
            }
          });
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }
}
