package io.chancery.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.inventory.ChangeReader.Place;
import io.chancery.inventory.ChangeReader.Told;
import io.chancery.testing.Csrs;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each change is told, once, whatever the order in which transactions begin and commit. */
@QuarkusTest
@WithTestResource(World.class)
class ChangeReaderTest {
  @Inject Tenant tenants;
  @Inject DataSource source;

  private final List<String> serials = new ArrayList<>();

  @BeforeEach
  void certificates() {
    Tenant.Home home = tenants.fresh("dns:internal.test");
    for (int i = 0; i < 4; i++) {
      serials.add(home.enrol("tls-client", Csrs.ec("").dns("c" + i + ".internal.test")).serial());
    }
  }

  @Test
  void whoTookItsNumberFirstAndCommitsLastIsNotMissed() throws SQLException {
    try (Connection reading = source.getConnection();
        Connection slow = source.getConnection();
        Connection quick = source.getConnection()) {
      ChangeReader reader = new ChangeReader(Place.now(reading), 100);
      slow.setAutoCommit(false);
      change(slow, serials.get(0));
      change(quick, serials.get(1));

      List<Told> first = mine(reader.next(reading));
      assertThat(first)
          .extracting(told -> told.change().serial().hex())
          .containsExactly(serials.get(1));
      assertThat(mine(reader.next(reading))).as("once").isEmpty();

      slow.commit();
      slow.setAutoCommit(true);
      assertThat(mine(reader.next(reading)))
          .extracting(told -> told.change().serial().hex())
          .containsExactly(serials.get(0));
      assertThat(mine(reader.next(reading))).as("once").isEmpty();

      // Whoever got only the quick one reads on before the slow one.
      ChangeReader again = new ChangeReader(first.getFirst().place(), 100);
      assertThat(mine(again.next(reading)))
          .extracting(told -> told.change().serial().hex())
          .contains(serials.get(0));
    }
  }

  @Test
  void aReaderGoesOnWhereAnotherHasStoppedPageByPage() throws SQLException {
    try (Connection connection = source.getConnection()) {
      ChangeReader reader = new ChangeReader(Place.now(connection), 2);
      for (String serial : serials) {
        change(connection, serial);
      }
      List<String> told = new ArrayList<>();
      Place place = reader.place();
      do {
        // Each page by a new reader, from nothing but the text of a place.
        ChangeReader next = new ChangeReader(Place.parse(place.text()).orElseThrow(), 2);
        mine(next.next(connection)).forEach(one -> told.add(one.change().serial().hex()));
        place = next.place();
        reader = next;
      } while (reader.more());
      // While some transaction of the running service is open, a page may be told once more.
      assertThat(told.stream().distinct()).containsExactlyElementsOf(serials);
    }
  }

  @Test
  void ofSeveralChangesOnlyTheNewestIsTold() throws SQLException {
    try (Connection connection = source.getConnection()) {
      ChangeReader reader = new ChangeReader(Place.now(connection), 100);
      change(connection, serials.getFirst());
      change(connection, serials.getFirst());
      assertThat(mine(reader.next(connection)))
          .singleElement()
          .satisfies(told -> assertThat(told.change().version()).isEqualTo(2));
    }
  }

  @Test
  void numbersOfAnotherDatabaseAreAdopted() throws SQLException {
    try (Connection connection = source.getConnection()) {
      change(connection, serials.getFirst());
      update(
          connection,
          "update status_change set xact = (pg_current_xact_id()::text::bigint + 1000000)::text::xid8"
              + " where serial = ?",
          serials.getFirst());
      ChangeReader before = new ChangeReader(Place.now(connection), 100);

      StatusChanges.adopt(connection);

      assertThat(mine(before.next(connection))).hasSize(1);
      change(connection, serials.get(1)); // a later transaction has ended: nothing is open
      before.next(connection);
      assertThat(mine(before.next(connection))).as("not over and over").isEmpty();
      Place alien = new Place(before.place().transaction() + 500_000, 1);
      assertThat(alien.within(connection)).isEqualTo(Place.BEGINNING);
      assertThat(before.place().within(connection)).isEqualTo(before.place());
    }
  }

  @Test
  void whatIsNoPlaceIsNone() {
    for (String text :
        List.of("", "7", "7.", ".7", "a.b", "-1.2", "1.2.3", "9".repeat(30) + ".1")) {
      assertThat(Place.parse(text)).as(text).isEmpty();
    }
  }

  private List<Told> mine(List<Told> told) {
    return told.stream().filter(one -> serials.contains(one.change().serial().hex())).toList();
  }

  private static void change(Connection connection, String serial) throws SQLException {
    update(
        connection,
        "with c as (update certificate set status_version = status_version + 1 where serial = ?"
            + " returning *) insert into status_change (issuer, serial, version, at, crl_number)"
            + " select issuer, serial, status_version, now(), 0 from c",
        serial);
  }

  private static void update(Connection connection, String sql, String serial) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, serial);
      assertThat(statement.executeUpdate()).isPositive();
    }
  }
}
