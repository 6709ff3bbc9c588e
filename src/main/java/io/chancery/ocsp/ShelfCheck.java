package io.chancery.ocsp;

import io.chancery.x509.Der;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.SerialNumber;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What a shelf that was just filled must ask the book. */
final class ShelfCheck {
  private static final int FETCH = 10_000;

  private ShelfCheck() {}

  /** Tells what the book says of the serials whose answer states an earlier status. */
  static void outdated(Connection connection, AnswerShelf shelf, Consumer<DueRows.Due> told)
      throws SQLException {
    List<SerialNumber> outdated = new ArrayList<>();
    connection.setAutoCommit(false);
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select serial, max(version) from status_change group by serial")) {
      statement.setFetchSize(FETCH);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          SerialNumber serial = SerialNumber.parse(rows.getString(1));
          int version = rows.getInt(2);
          shelf
              .find(serial.value().toByteArray())
              .filter(kept -> kept.version() < version)
              .ifPresent(kept -> outdated.add(serial));
        }
      }
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
    if (!outdated.isEmpty()) {
      DueRows.facts(connection, outdated).forEach(told);
    }
  }

  /** A certificate of the book. */
  static Optional<IssuedCertificate> certificate(Connection connection, String serial)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select der from certificate where serial = ?")) {
      statement.setString(1, serial);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(IssuedCertificate.parse(Der.of(row.getBytes(1))))
            : Optional.empty();
      }
    }
  }
}
