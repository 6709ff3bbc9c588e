package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.OrganizationId;
import io.chancery.Scope;
import io.chancery.inventory.Entry;
import io.chancery.inventory.Inventory;
import io.chancery.inventory.Query;
import io.chancery.inventory.Transactions;
import io.chancery.testing.Book;
import io.chancery.testing.Csrs;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Under the application's checks the database shows each scope its own rows, and no others. */
@QuarkusTest
@WithTestResource(World.class)
class RowSecurityTest {
  private static final String OWNED =
      """
      select table_name from information_schema.columns join information_schema.tables
        using (table_schema, table_name)
      where table_schema = 'public' and table_type = 'BASE TABLE' and column_name = 'organization'
      order by 1
      """;

  @Inject Tenant tenant;
  @Inject Book book;
  @Inject DataSource source;
  @Inject Transactions transactions;
  @Inject Inventory inventory;

  @Test
  void everyTableThatSaysWhoseItsRowsAreHasAPolicy() {
    assertThat(book.texts(OWNED)).contains("certificate", "enrolment_token", "ledger_entry");
    assertThat(
            book.texts(
                "select relname from pg_class c where relrowsecurity and exists (select from"
                    + " pg_policy p where p.polrelid = c.oid) order by 1"))
        .containsAll(book.texts(OWNED))
        .contains("organization");
  }

  @Test
  void aScopeSeesItsOwnRowsInEveryTable() {
    Tenant.Home one = tenant.fresh("dns:one.test");
    Tenant.Home other = tenant.fresh("dns:other.test");
    one.enrol("tls-server", Csrs.ec("").dns("a.one.test"));
    other.enrol("tls-server", Csrs.ec("").dns("a.other.test"));
    for (String table : book.texts(OWNED)) {
      assertThat(seen(Scope.of(one.id()), "select distinct organization from " + table))
          .as(table)
          .isSubsetOf(one.id().value());
      assertThat(seen(Scope.NOBODY, "select organization from " + table)).as(table).isEmpty();
      assertThat(seen(Scope.ALL, "select count(*) from " + table))
          .as(table)
          .containsExactly(String.valueOf(book.number("select count(*) from " + table)));
    }
    assertThat(seen(Scope.of(one.id()), "select id from organization"))
        .containsExactly(one.id().value());
    assertThat(seen(Scope.NOBODY, "select id from organization")).isEmpty();
    assertThat(seen(Scope.of(one.id()), "select serial from certificate_for_all")).isEmpty();
    assertThat(seen(Scope.ALL, "select serial from certificate_for_all")).isNotEmpty();
    String ofOne = "select distinct organization from certificate_of_one";
    assertThat(seen(Scope.of(one.id()), ofOne)).containsExactly(one.id().value());
    assertThat(seen(Scope.NOBODY, ofOne)).isEmpty();
    assertThat(seen(Scope.ALL, ofOne)).isEmpty();
    assertThat(seen(Scope.of(one.id()), "select count(*) from certificate")).containsExactly("1");
  }

  @Test
  void aConnectionThatWasNeverToldShowsNothing() throws SQLException {
    try (Connection fresh = source.getConnection();
        Statement statement = fresh.createStatement()) {
      statement.execute("reset chancery.organization");
      try (ResultSet rows = statement.executeQuery("select count(*) from certificate")) {
        rows.next();
        assertThat(rows.getLong(1)).isZero();
      }
      statement.execute("select set_config('chancery.organization', '*', false)");
    }
  }

  @Test
  void aDeedThatForgetsToAskWhoseARowIsFindsNoneThatIsAnothers() {
    Tenant.Home one = tenant.fresh("dns:forgetful.test");
    Tenant.Home other = tenant.fresh("dns:careless.test");
    Tenant.Holder mine = one.enrol("tls-server", Csrs.ec("").dns("a.forgetful.test"));
    Tenant.Holder theirs = other.enrol("tls-server", Csrs.ec("").dns("a.careless.test"));
    Scope scope = Scope.of(one.id());
    // The search of the book with nothing said about whose.
    List<Entry> found =
        scope.during(
            () -> transactions.call(() -> inventory.search(Query.everything(500)).entries()));
    assertThat(found).extracting(Entry::organization).containsOnly(one.id());
    assertThat(found(scope, mine)).isPresent();
    assertThat(found(scope, theirs)).isEmpty();
    assertThat(found(Scope.NOBODY, mine)).isEmpty();
  }

  private Optional<Entry> found(Scope scope, Tenant.Holder holder) {
    return scope.during(
        () -> transactions.call(() -> inventory.find(holder.certificate().serial())));
  }

  @Test
  void whatIsWrittenForAnotherIsRefused() {
    Tenant.Home one = tenant.fresh("dns:writes.test");
    Tenant.Home other = tenant.fresh("dns:written.test");
    Tenant.Holder theirs = other.enrol("tls-server", Csrs.ec("").dns("a.written.test"));
    Scope.of(one.id())
        .during(
            () -> {
              try (Connection connection = source.getConnection();
                  Statement statement = connection.createStatement()) {
                assertThat(
                        statement.executeUpdate(
                            "update certificate set contact = 'x' where serial = '"
                                + theirs.serial()
                                + "'"))
                    .isZero();
                assertThatThrownBy(
                        () ->
                            statement.execute(
                                "insert into profile_limit values ('" + other.id() + "', 'p', 1)"))
                    .hasMessageContaining("row-level security");
                return true;
              } catch (SQLException cannot) {
                throw new IllegalStateException(cannot);
              }
            });
  }

  @Test
  void manyScopesSideBySideNeverMeet() throws Exception {
    List<Tenant.Home> homes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Tenant.Home home = tenant.fresh("dns:side" + i + ".test");
      home.enrol("tls-client", Csrs.ec("").dns("a.side" + i + ".test"));
      homes.add(home);
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Set<String>>> all =
          IntStream.range(0, 400)
              .mapToObj(
                  i -> {
                    OrganizationId id = homes.get(i % homes.size()).id();
                    return threads.submit(() -> wrongRows(id, i % 3 == 0));
                  })
              .toList();
      for (Future<Set<String>> one : all) {
        assertThat(one.get()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alter table certificate disable row level security",
        "drop policy of_own_organization on certificate",
        "alter table certificate no force row level security",
        "set local row_security = off; select count(*) from certificate",
        "create table mine (a int)",
        "create function f() returns int language sql as 'select 1'",
        "drop table certificate",
        "alter table certificate add column mine int",
        "truncate crl cascade",
        "set role chancery",
        "update ledger_entry set actor = 'x'",
        "delete from ledger_entry",
        "insert into ledger_entry (at, kind, actor, organization, subject, body, hash)"
            + " values (now(), 'X', 'x', 'x', '', '{}', sha256('{}'))",
        "delete from certificate",
        "delete from status_change",
        "insert into certificate_for_all select * from certificate limit 1",
        "update certificate_for_all set contact = 'x'",
        "insert into certificate_of_one select * from certificate limit 1",
        "update certificate_of_one set contact = 'x'",
        "delete from flyway_schema_history",
        "create policy mine on certificate using (true)",
        "copy certificate from stdin",
      })
  void theApplicationsRoleMayNot(String deed) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute(deed))
          .isInstanceOfSatisfying(
              SQLException.class,
              // 42501: not allowed; 0A000: COPY FROM is never with row security.
              refused -> assertThat(refused.getSQLState()).isIn("42501", "0A000"));
    }
  }

  @Test
  void theApplicationsRoleOwnsNothing() {
    assertThat(
            seen(
                Scope.ALL,
                "select relname from pg_class where pg_get_userbyid(relowner) = current_user"))
        .isEmpty();
    assertThat(
            seen(
                Scope.ALL,
                "select rolname from pg_roles where rolname = current_user and"
                    + " (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)"))
        .isEmpty();
  }

  /** Rows of others, or the lack of its own; half of the transactions are rolled back. */
  private Set<String> wrongRows(OrganizationId id, boolean rollBack) {
    Set<String> wrong = new TreeSet<>();
    Scope.of(id)
        .during(
            () -> {
              try {
                transactions.run(
                    () -> {
                      wrong.addAll(
                          inventory.search(Query.everything(500)).entries().stream()
                              .map(entry -> entry.organization().value())
                              .toList());
                      if (rollBack) {
                        throw new RolledBack();
                      }
                    });
              } catch (RolledBack asWanted) {
                return true;
              }
              return true;
            });
    if (!wrong.remove(id.value())) {
      wrong.add("nothing of " + id);
    }
    return wrong;
  }

  private static final class RolledBack extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private List<String> seen(Scope scope, String sql) {
    return scope.during(
        () -> {
          try (Connection connection = source.getConnection();
              Statement statement = connection.createStatement();
              ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
              texts.add(rows.getString(1));
            }
            return texts;
          } catch (SQLException cannot) {
            throw new IllegalStateException(cannot);
          }
        });
  }
}
