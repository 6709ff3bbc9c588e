package io.chancery.inventory;

import io.chancery.x509.IssuerName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The issuers of a book, for who has no authority's papers: on a connection of the caller's own.
 */
public final class IssuerPapersReader {
  private IssuerPapersReader() {}

  /** Each issuer's certificate and the chain above it, as PEM; empty where none was entered yet. */
  public static Map<IssuerName, String> all(Connection connection) throws SQLException {
    Map<IssuerName, String> all = new TreeMap<>(java.util.Comparator.comparing(IssuerName::value));
    try (PreparedStatement statement =
            connection.prepareStatement("select name, papers from issuer");
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        all.put(new IssuerName(rows.getString(1)), rows.getString(2));
      }
    }
    return all;
  }
}
