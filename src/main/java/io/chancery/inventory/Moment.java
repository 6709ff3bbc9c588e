package io.chancery.inventory;

import io.chancery.x509.Der;
import io.chancery.x509.IssuerName;
import io.chancery.x509.SerialNumber;
import io.chancery.x509.TbsText;
import io.chancery.x509.Validity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Consumer;

/** The book at one moment: large answers come row by row, and never stand in memory whole. */
public final class Moment {
  private static final int AT_ONCE = 5_000;

  // Both by an index alone, or nearly: the partial one of what is revoked, and certificate_expiry.
  private static final String REVOKED =
      "select serial from certificate where issuer = ? and status <> 'good'"
          + " and not_after >= ? and not_before < ?";
  private static final String ALL =
      "select serial from certificate where issuer = ? and not_after >= ? and not_before < ?";
  private static final String OPEN =
      "select tbs from reservation where issuer = ? and abandoned_at is null and approvals = 0";
  private static final String WAITING =
      "select tbs, serial from reservation"
          + " where issuer = ? and abandoned_at is null and approvals > 0";

  private final Connection connection;

  Moment(Connection connection) {
    this.connection = connection;
  }

  /** Certificates of an issuer that end no earlier than {@code since} and begin before a time. */
  public record Span(IssuerName issuer, Instant since, Instant beginningBefore) {}

  /** When the first one begins that is reserved and will be signed at once, or never. */
  public Optional<Instant> earliestReserved(IssuerName issuer) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(OPEN)) {
      statement.setString(1, issuer.value());
      Instant[] first = {Instant.MAX};
      each(
          statement,
          row -> {
            Instant begins = TbsText.validity(Der.of(row.getBytes(1))).notBefore();
            first[0] = begins.isBefore(first[0]) ? begins : first[0];
          });
      return Optional.of(first[0]).filter(found -> found.isBefore(Instant.MAX));
    }
  }

  /** Every revoked or held one. */
  public void revoked(Span span, Consumer<SerialNumber> visit) throws SQLException {
    each(REVOKED, span, visit);
  }

  /** How many there are, the revoked and those that wait for approval among them. */
  public long count(Span span) throws SQLException {
    long[] many = {0};
    waiting(span, serial -> many[0]++);
    return many[0] + issued(span);
  }

  private long issued(Span span) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(ALL.replace("select serial", "select count(*)"))) {
      bind(statement, span);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /**
   * Every one, the revoked among them; and those that wait for approval, for days perhaps: their
   * serials are fixed, and whatever becomes of them, none is revoked now.
   */
  public void all(Span span, Consumer<SerialNumber> visit) throws SQLException {
    each(ALL, span, visit);
    waiting(span, visit);
  }

  private void waiting(Span span, Consumer<SerialNumber> visit) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(WAITING)) {
      statement.setString(1, span.issuer().value());
      each(
          statement,
          row -> {
            Validity validity = TbsText.validity(Der.of(row.getBytes(1)));
            if (validity.notBefore().isBefore(span.beginningBefore())
                && !validity.notAfter().isBefore(span.since())) {
              visit.accept(SerialNumber.parse(row.getString(2)));
            }
          });
    }
  }

  private void each(String sql, Span span, Consumer<SerialNumber> visit) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, span);
      each(statement, row -> visit.accept(SerialNumber.parse(row.getString(1))));
    }
  }

  private static void bind(PreparedStatement statement, Span span) throws SQLException {
    statement.setString(1, span.issuer().value());
    statement.setObject(2, at(span.since()));
    statement.setObject(3, at(span.beginningBefore()));
  }

  private interface Visit {
    void row(ResultSet row) throws SQLException;
  }

  private static void each(PreparedStatement statement, Visit visit) throws SQLException {
    statement.setFetchSize(AT_ONCE);
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        visit.row(rows);
      }
    }
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
