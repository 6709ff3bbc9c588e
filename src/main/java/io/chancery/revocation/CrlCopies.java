package io.chancery.revocation;

import io.chancery.Sha256;
import io.chancery.x509.CrlScope;
import io.chancery.x509.IssuerName;
import io.chancery.x509.Thumbprint;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes finished CRLs into a folder from elsewhere: from the database, on a connection of the
 * caller's own that only reads, or from another folder. Only what has the hash that was said of it
 * is published.
 */
public final class CrlCopies {
  private static final String NEWEST =
      """
      select distinct on (issuer, scope, base is null) issuer, scope, number, base, this_update,
        next_update, entries, octets, thumbprint
      from crl order by issuer, scope, base is null, number desc
      """;

  private static final String PART =
      "select octets from crl_part where issuer = ? and scope = ? and number = ? and part = ?";

  private final CrlFiles files;

  public CrlCopies(CrlFiles files) {
    this.files = files;
  }

  /** Writes the octets of a CRL. */
  interface Source {
    void write(PublishedCrl crl, OutputStream out) throws IOException;
  }

  /** Takes what is newer in the database. */
  public void read(Connection connection) throws SQLException, IOException {
    List<PublishedCrl> all = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(NEWEST);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        all.add(crl(row));
      }
    }
    for (PublishedCrl crl : all) {
      if (files.knows(crl.slot().issuer())) {
        take(crl, (one, out) -> parts(connection, one, out));
      }
    }
  }

  /** Takes what is newer in another folder, which stays as it is. */
  public void read(Path folder) throws IOException {
    List<Path> words;
    try (Stream<Path> all = Files.list(folder)) {
      words = all.filter(path -> path.toString().endsWith(".properties")).toList();
    }
    for (Path one : words) {
      Optional<CrlFile> file = files.described(one);
      if (file.isPresent()) {
        take(file.get().crl(), (crl, out) -> Files.copy(file.get().plain(), out));
      }
    }
  }

  /** Takes a CRL, unless it is here. What was forgotten while it was read is not whole. */
  void take(PublishedCrl crl, Source source) throws IOException {
    if (files.has(crl)) {
      return;
    }
    Path draft = files.draft();
    try {
      var digest = Sha256.digest();
      try (OutputStream out = new DigestOutputStream(Files.newOutputStream(draft), digest)) {
        source.write(crl, out);
      }
      if (HexFormat.of().formatHex(digest.digest()).equals(crl.thumbprint().hex())) {
        files.offer(crl, draft);
      }
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static void parts(Connection connection, PublishedCrl crl, OutputStream out)
      throws IOException {
    try (PreparedStatement statement = connection.prepareStatement(PART)) {
      statement.setString(1, crl.slot().issuer().value());
      statement.setString(2, crl.slot().scope().text());
      statement.setLong(3, crl.number());
      boolean more = true;
      for (int part = 0; more; part++) {
        statement.setInt(4, part);
        try (ResultSet row = statement.executeQuery()) {
          more = row.next();
          if (more) {
            out.write(row.getBytes(1));
          }
        }
      }
    } catch (SQLException away) {
      throw new IOException(away);
    }
  }

  private static PublishedCrl crl(ResultSet row) throws SQLException {
    Optional<Long> base = Optional.ofNullable(row.getObject(4, Long.class));
    return new PublishedCrl(
        new CrlSlot(
            new IssuerName(row.getString(1)),
            new CrlScope(row.getString(2)),
            base.isPresent() ? CrlSlot.Kind.DELTA : CrlSlot.Kind.COMPLETE),
        row.getLong(3),
        base,
        row.getObject(5, OffsetDateTime.class).toInstant(),
        row.getObject(6, OffsetDateTime.class).toInstant(),
        row.getLong(7),
        row.getLong(8),
        new Thumbprint(row.getString(9)));
  }
}
