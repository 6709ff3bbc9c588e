package io.chancery.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.cli.local.DatabaseAccess;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds the tables of the book and of the roll against what the clients say. */
public final class BookInspection implements AutoCloseable {
  private static final String ENTRIES = "(select count(*) from ledger_entry e where e.subject = ";

  private final Connection connection;

  public BookInspection(DatabaseAccess access) {
    connection = access.connect();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  public boolean isSettled() throws SQLException {
    return number("select count(*) from reservation where abandoned_at is null") == 0
        && number("select count(*) from ledger_queue") == 0
        && number("select max(size) from ledger_checkpoint where published_at is not null")
            == number("select count(*) from ledger_leaf");
  }

  /** No certificate that the book does not know, and none that nobody asked for. */
  public void mustKnow(Hands hands) throws SQLException {
    Map<String, String> bound = new HashMap<>();
    query(
        "select key, serial from request_key",
        row -> bound.put(row.getString(1), row.getString(2)));
    Map<String, Hands.Held> book = new HashMap<>();
    query(
        "select serial, encode(sha256(der), 'hex'), key_thumbprint from certificate"
            + " where organization = 'demo'",
        row ->
            book.put(
                row.getString(1),
                new Hands.Held(row.getString(1), row.getString(2), row.getString(3))));

    Set<String> unexplained = new HashSet<>(book.keySet());
    hands
        .held()
        .forEach(
            (key, held) -> {
              assertThat(book.get(held.serial())).as("in the book, of %s", key).isEqualTo(held);
              assertThat(bound.get(key)).as("bound to %s", key).isEqualTo(held.serial());
              assertThat(unexplained.remove(held.serial())).as("two keys, one serial").isTrue();
            });
    hands
        .abandoned()
        .forEach(
            (key, publicKey) -> {
              String serial = bound.get(key);
              if (serial != null && unexplained.remove(serial)) {
                assertThat(book.get(serial).key()).as("public key of %s", key).isEqualTo(publicKey);
              }
            });
    assertThat(unexplained).as("certificates that no client has asked for").isEmpty();
  }

  /** One serial, one key, one request, one certificate. */
  public void mustHaveNothingTwice() throws SQLException {
    mustBeEmpty("select serial from certificate group by serial having count(*) > 1");
    mustBeEmpty(
        "select key_thumbprint from certificate where organization = 'demo'"
            + " group by key_thumbprint having count(*) > 1");
    mustBeEmpty(
        "select serial from request_key where key not like 'revoke-%'"
            + " group by serial having count(*) > 1");
    mustBeEmpty(
        "select e.subject from ledger_entry e where e.kind in ('CERTIFICATE_RESERVED',"
            + " 'CERTIFICATE_ISSUED', 'CERTIFICATE_ABANDONED', 'CERTIFICATE_REVOKED')"
            + " group by e.kind, e.subject having count(*) > 1");
    mustBeEmpty(
        "select j.asked from (select convert_from(body, 'UTF8')::jsonb -> 'facts'"
            + " ->> 'idempotencyKey' as asked, actor from ledger_entry"
            + " where kind = 'CERTIFICATE_RESERVED') j"
            + " where j.asked <> '' group by j.asked, j.actor having count(*) > 1");
  }

  /** Every certificate and every reservation has its entries, and every entry its row. */
  public void mustStandOnTheRoll() throws SQLException {
    mustBeEmpty(
        "select c.serial from certificate c where not"
            + " ("
            + entries("c.serial", "RESERVED")
            + " = 1"
            + " and "
            + entries("c.serial", "ISSUED")
            + " = 1"
            + " and "
            + entries("c.serial", "ABANDONED")
            + " = 0)");
    mustBeEmpty("select serial from reservation where abandoned_at is null");
    mustBeEmpty(
        "select r.serial from reservation r where not"
            + " ("
            + entries("r.serial", "RESERVED")
            + " = 1"
            + " and "
            + entries("r.serial", "ISSUED")
            + " = 0"
            + " and "
            + entries("r.serial", "ABANDONED")
            + " = 1)");
    mustBeEmpty(
        "select e.subject from ledger_entry e where e.kind = 'CERTIFICATE_RESERVED'"
            + " and not exists (select 1 from certificate c where c.serial = e.subject)"
            + " and not exists (select 1 from reservation r where r.serial = e.subject)");
    mustBeEmpty(
        "select k.key from request_key k where not exists"
            + " (select 1 from certificate c where c.serial = k.serial) and not exists"
            + " (select 1 from reservation r where r.serial = k.serial)");
  }

  /** Nothing that is open is said twice, and nothing is sent twice. */
  public void mustHaveEachAlertOnce() throws SQLException {
    mustBeEmpty(
        "select min(text) from alert where closed_at is null"
            + " group by kind, organization, serial, text having count(*) > 1");
  }

  /** Every acknowledged revocation is in force, and stands on the roll. */
  public void mustHaveRevoked(Set<String> serials) throws SQLException {
    Set<String> revoked = new HashSet<>();
    query(
        "select c.serial from certificate c where c.status = 'revoked' and "
            + entries("c.serial", "REVOKED")
            + " = 1",
        row -> revoked.add(row.getString(1)));
    assertThat(revoked).containsAll(serials);
  }

  /** How many reservations outlived a kill, and became certificates afterwards. */
  public long recovered(Diary diary) throws SQLException {
    List<Boolean> spans = new ArrayList<>();
    query(
        "select r.at, i.at from ledger_entry r join ledger_entry i on i.subject = r.subject"
            + " where r.kind = 'CERTIFICATE_RESERVED' and i.kind = 'CERTIFICATE_ISSUED'",
        row -> spans.add(diary.killsBetween(instant(row, 1), instant(row, 2)) > 0));
    return spans.stream().filter(one -> one).count();
  }

  public long number(String sql) throws SQLException {
    List<Long> found = new ArrayList<>();
    query(sql, row -> found.add(row.getLong(1)));
    return found.getFirst();
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static String entries(String serial, String deed) {
    return ENTRIES + serial + " and e.kind = 'CERTIFICATE_" + deed + "')";
  }

  private void mustBeEmpty(String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    query(sql, row -> found.add(row.getString(1)));
    assertThat(found).as(sql).isEmpty();
  }

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private void query(String sql, RowReader reader) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        reader.read(rows);
      }
    }
  }
}
