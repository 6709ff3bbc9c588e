package io.chancery.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.testing.TestPostgres;
import io.chancery.x509.Thumbprint;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** A database of the time before shards keeps its CRLs, and lists what it listed. */
class OldCrlsMigrateTest {
  private final TestPostgres.Database database = TestPostgres.freshDatabase();

  @Test
  void octetsBecomePiecesAndStatusesBecomeEntries() throws Exception {
    migrate("5");
    byte[] large = new byte[2_500_000];
    new Random(1).nextBytes(large);
    try (Connection connection = database.connect()) {
      run(connection, "insert into crl_series values ('issuing', 2, now())");
      crl(connection, 1, new byte[] {0x30, 0});
      crl(connection, 2, large);
      certificate(connection, "01", "'good', 0, null, null", "1 day");
      certificate(connection, "02", "'held', 1, now(), null", "1 day");
      certificate(connection, "03", "'revoked', 1, now() - interval '9 days', 4", "1 day");
      certificate(connection, "04", "'revoked', 1, now() - interval '9 days', 1", "-8 days");
    }
    migrate("6");
    try (Connection connection = database.connect()) {
      assertThat(
              texts(
                  connection,
                  "select number || ' ' || octets || ' ' || thumbprint || ' ' || scope || ' '"
                      + " || (base is null) || (snapshot is null) from crl order by number"))
          .containsExactly(
              "1 2 " + Thumbprint.of(new byte[] {0x30, 0}).hex() + "  truetrue",
              "2 2500000 " + Thumbprint.of(large).hex() + "  truetrue");
      assertThat(pieces(connection)).isEqualTo(large);
      assertThat(texts(connection, "select serial || ' ' || reason from revoked order by serial"))
          .as("what has expired and was shown is not listed again")
          .containsExactly("02 6", "03 4");
    }
  }

  private void migrate(String target) {
    Flyway.configure()
        .dataSource(database.jdbcUrl(), database.user(), database.password())
        .target(target)
        .load()
        .migrate();
  }

  private static void crl(Connection connection, int number, byte[] der) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "insert into crl (issuer, number, this_update, next_update, entries, der)"
                + " values ('issuing', ?, now(), now(), 0, ?)")) {
      statement.setInt(1, number);
      statement.setBytes(2, der);
      statement.executeUpdate();
    }
  }

  private static void certificate(Connection connection, String serial, String status, String left)
      throws SQLException {
    run(
        connection,
        "insert into certificate (serial, issuer, profile, organization, requester, contact,"
            + " subject, names, key_thumbprint, key_algorithm, not_before, not_after, issued_at,"
            + " der, status, status_version, status_since, reason) values ('"
            + serial
            + "', 'issuing', 'web', 'chancery', '', '', '', '{}', '', '', now(), now() + interval '"
            + left
            + "', now(), '', "
            + status
            + ")");
  }

  private static byte[] pieces(Connection connection) throws SQLException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select octets from crl_part where number = 2 order by part")) {
      while (row.next()) {
        assertThat(row.getBytes(1)).hasSizeLessThanOrEqualTo(1 << 20);
        all.writeBytes(row.getBytes(1));
      }
    }
    return all.toByteArray();
  }

  private static List<String> texts(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (row.next()) {
        texts.add(row.getString(1));
      }
      return texts;
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
