package io.chancery.revocation;

import io.chancery.inventory.Transactions;
import io.chancery.x509.CrlScope;
import io.chancery.x509.IssuerName;
import io.chancery.x509.Thumbprint;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The tables {@code crl}, {@code crl_part} and {@code crl_series}, by plain JDBC on the connection
 * of the transaction that is open: octets pass through in pieces.
 */
@Singleton
final class CrlBook {
  private static final int PIECE = 1 << 20;

  // behind: a change that the CRL's snapshot does not see. Readers without a snapshot of their own
  // (xmin) begin at the oldest transaction that it may not have seen.
  private static final String NEWEST =
      """
      select s.scope, s.number, c.number, c.base, c.this_update, c.next_update, c.entries, c.octets,
        c.thumbprint, c.snapshot::text,
        exists (select from status_change x where x.issuer = s.issuer
          and x.xact >= pg_snapshot_xmin(c.snapshot)
          and not pg_visible_in_snapshot(x.xact, c.snapshot)
          and (c.scope = '' or exists (select from certificate k
            where k.serial = x.serial and k.crl_shard::text = c.scope)))
      from crl_series s left join lateral (
        (select * from crl where issuer = s.issuer and scope = s.scope and base is null
          order by number desc limit 1)
        union all
        (select * from crl where issuer = s.issuer and scope = s.scope and base is not null
          order by number desc limit 1)) c on true
      where s.issuer = ? order by s.scope, c.number
      """;

  private static final String NEXT =
      """
      insert into crl_series (issuer, scope, number, this_update) values (?, ?, 1, ?)
      on conflict (issuer, scope) do update set number = crl_series.number + 1,
        this_update = greatest(crl_series.this_update, excluded.this_update)
      returning number, this_update
      """;

  private static final String REACHED =
      """
      insert into crl_series (issuer, scope, number, this_update) values (?, ?, ?, ?)
      on conflict (issuer, scope) do update
        set number = greatest(crl_series.number, excluded.number),
          this_update = greatest(crl_series.this_update, excluded.this_update)
      """;

  private final DataSource database;

  @Inject
  CrlBook(DataSource database) {
    this.database = database;
  }

  /**
   * How far a series has come, and a newest CRL in it.
   *
   * @param reserved the last number that was given
   * @param snapshot what it has seen; empty where that is not known
   * @param behind whether a status has changed that it has not seen
   */
  record Newest(
      CrlScope scope,
      long reserved,
      Optional<PublishedCrl> crl,
      Optional<String> snapshot,
      boolean behind) {}

  /** A number and its thisUpdate. */
  record Numbered(long number, Instant thisUpdate) {}

  /** A complete CRL that a delta can build on. */
  record Base(long number, String snapshot) {}

  /** Work on the transaction's connection. */
  interface Work<T> {
    T on(Connection connection) throws SQLException, IOException;
  }

  /** What the driver throws is the cause of what comes out; {@code Transactions} types it. */
  <T> T with(Work<T> work) {
    Transactions.mustBeOpen();
    try (Connection connection = database.getConnection()) {
      return work.on(connection);
    } catch (SQLException | IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  int update(String sql, Object... values) {
    return with(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            return bound(statement, values).executeUpdate();
          }
        });
  }

  static PreparedStatement bound(PreparedStatement statement, Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      boolean time = values[i] instanceof Instant;
      statement.setObject(i + 1, time ? ((Instant) values[i]).atOffset(ZoneOffset.UTC) : values[i]);
    }
    return statement;
  }

  /** The newest complete CRL and the newest delta of every scope; a series may have none yet. */
  List<Newest> newest(IssuerName issuer) {
    return with(
        connection -> {
          List<Newest> all = new ArrayList<>();
          try (PreparedStatement statement = connection.prepareStatement(NEWEST);
              ResultSet row = bound(statement, issuer.value()).executeQuery()) {
            while (row.next()) {
              all.add(newest(issuer, row));
            }
          }
          return all;
        });
  }

  private static Newest newest(IssuerName issuer, ResultSet row) throws SQLException {
    CrlScope scope = new CrlScope(row.getString(1));
    Optional<PublishedCrl> crl =
        row.getObject(3) == null ? Optional.empty() : Optional.of(crl(issuer, scope, row));
    return new Newest(
        scope, row.getLong(2), crl, Optional.ofNullable(row.getString(10)), row.getBoolean(11));
  }

  private static PublishedCrl crl(IssuerName issuer, CrlScope scope, ResultSet row)
      throws SQLException {
    Optional<Long> base = Optional.ofNullable(row.getObject(4, Long.class));
    CrlSlot.Kind kind = base.isPresent() ? CrlSlot.Kind.DELTA : CrlSlot.Kind.COMPLETE;
    return new PublishedCrl(
        new CrlSlot(issuer, scope, kind),
        row.getLong(3),
        base,
        row.getObject(5, OffsetDateTime.class).toInstant(),
        row.getObject(6, OffsetDateTime.class).toInstant(),
        row.getLong(7),
        row.getLong(8),
        new Thumbprint(row.getString(9)));
  }

  /** The next number; neither it nor thisUpdate goes back, whatever the clock says. */
  Numbered next(IssuerName issuer, CrlScope scope, Instant now) {
    return with(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(NEXT);
              ResultSet row = bound(statement, issuer.value(), scope.text(), now).executeQuery()) {
            row.next();
            return new Numbered(row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant());
          }
        });
  }

  /** The roll says that the series had come this far. */
  void reached(IssuerName issuer, CrlScope scope, Numbered last) {
    update(REACHED, issuer.value(), scope.text(), last.number(), last.thisUpdate());
  }

  /** What this transaction sees. */
  String snapshot() {
    return text("select pg_current_snapshot()::text").orElseThrow();
  }

  Optional<String> text(String sql, Object... values) {
    return with(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql);
              ResultSet row = bound(statement, values).executeQuery()) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
          }
        });
  }

  /**
   * What a delta builds on: the oldest complete CRL that somebody may still use, since all later
   * ones fit its delta as well. Where more than {@code most} have changed since, the newest one:
   * whoever holds an older one must take a complete CRL anyway.
   */
  Optional<Base> base(IssuerName issuer, Instant now, int most) {
    return base(issuer, now, "asc")
        .flatMap(
            oldest ->
                changes(issuer, oldest.snapshot(), most + 1) <= most
                    ? Optional.of(oldest)
                    : base(issuer, now, "desc"));
  }

  private Optional<Base> base(IssuerName issuer, Instant now, String order) {
    return text(
            "select number || ' ' || snapshot from crl where issuer = ? and scope = ''"
                + " and base is null and next_update > ? and snapshot is not null"
                + " order by number "
                + order
                + " limit 1",
            issuer.value(),
            now)
        .map(both -> both.split(" ", 2))
        .map(both -> new Base(Long.parseLong(both[0]), both[1]));
  }

  /** How many changes a snapshot does not see; counted no further than that. */
  private int changes(IssuerName issuer, String snapshot, int atMost) {
    return text(
            "select count(*)::text from (select from status_change where issuer = ?"
                + " and xact >= pg_snapshot_xmin(?::pg_snapshot)"
                + " and not pg_visible_in_snapshot(xact, ?::pg_snapshot) limit ?) counted",
            issuer.value(),
            snapshot,
            snapshot,
            atMost)
        .map(Integer::parseInt)
        .orElse(0);
  }

  /** Writes a CRL with its octets. */
  void insert(PublishedCrl crl, String snapshot, Path octets) {
    CrlSlot slot = crl.slot();
    update(
        "insert into crl (issuer, scope, number, base, this_update, next_update, entries, octets,"
            + " thumbprint, snapshot) values (?, ?, ?, nullif(?, '')::bigint, ?, ?, ?, ?, ?, ?::pg_snapshot)",
        slot.issuer().value(),
        slot.scope().text(),
        crl.number(),
        crl.base().map(String::valueOf).orElse(""),
        crl.thisUpdate(),
        crl.nextUpdate(),
        crl.entries(),
        crl.octets(),
        crl.thumbprint().hex(),
        snapshot);
    with(
        connection -> {
          try (InputStream in = Files.newInputStream(octets)) {
            int part = 0;
            for (byte[] piece = in.readNBytes(PIECE); piece.length > 0; ) {
              insertPart(connection, crl, part++, piece);
              piece = in.readNBytes(PIECE);
            }
            return part;
          }
        });
  }

  private static void insertPart(Connection connection, PublishedCrl crl, int part, byte[] piece)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("insert into crl_part values (?, ?, ?, ?, ?)")) {
      bound(
              statement,
              crl.slot().issuer().value(),
              crl.slot().scope().text(),
              crl.number(),
              part,
              piece)
          .executeUpdate();
    }
  }

  /** Writes a CRL's octets, piece by piece. */
  void read(PublishedCrl crl, OutputStream out) {
    String sql =
        "select octets from crl_part where issuer = ? and scope = ? and number = ? and part = ?";
    CrlSlot slot = crl.slot();
    with(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int part = 0; ; part++) {
              bound(statement, slot.issuer().value(), slot.scope().text(), crl.number(), part);
              try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                  return part;
                }
                out.write(row.getBytes(1));
              }
            }
          }
        });
  }
}
