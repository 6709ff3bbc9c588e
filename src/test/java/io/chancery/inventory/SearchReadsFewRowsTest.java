package io.chancery.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.OrganizationId;
import io.chancery.Scope;
import io.chancery.testing.Book;
import io.chancery.testing.Csrs;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever a search matches, and in whatever scope, a page reads a bounded number of rows: counted
 * by the database, in a book with thirty thousand certificates of one owner that match everything.
 */
@QuarkusTest
@WithTestResource(World.class)
class SearchReadsFewRowsTest {
  private static final int MANY = 30_000;

  /** Candidates twice (counted, read), a walk twice (read, and its end), and what a page needs. */
  private static final long BOUND = 2 * (SearchRows.FEW + 1) + 2 * SearchRows.STEP + 200;

  @Inject Tenant tenants;
  @Inject Book book;
  @Inject Inventory inventory;
  @Inject Transactions transactions;
  @Inject RowsRead rowsRead;

  private Tenant.Home home = null;

  @BeforeEach
  void manyOfOneOwner() throws SQLException {
    home = tenants.fresh("dns:many.test");
    String template = home.enrol("tls-client", Csrs.ec("").dns("a.many.test")).serial();
    book.change(
        """
        insert into certificate (serial, issuer, profile, organization, requester, contact, subject,
          names, key_thumbprint, key_algorithm, not_before, not_after, issued_at, der, status,
          status_version, status_since, reason)
        select '7e' || lpad(to_hex(i), 38, '0'), issuer, 'many', organization, 'many', '',
          'CN=many-' || i, array['dns:same.many.test'], 'many', key_algorithm,
          now() - interval '90 days', now() - interval '1 day' - i * interval '1 second',
          now() - interval '80 days' - i * interval '1 second', der,
          case when mod(i, 3) = 0 then 'revoked' else 'good' end, (mod(i, 3) = 0)::int,
          case when mod(i, 3) = 0 then now() end, case when mod(i, 3) = 0 then 4 end
        from certificate, generate_series(1, %d) i where serial = '%s'
        """
            .formatted(MANY, template));
    book.change("analyze certificate");
  }

  @AfterEach
  void noneIsLeft() throws SQLException {
    book.change("delete from certificate where requester = 'many'");
    book.change("vacuum analyze certificate");
  }

  @Test
  void aPageReadsFew() {
    for (Scope scope : List.of(Scope.ALL, Scope.of(home.id()))) {
      for (Query query : questions()) {
        assertThat(scope.during(() -> rowsRead(query))).as("%s %s", scope, query).isLessThan(BOUND);
      }
    }
  }

  /** Of what is another's no more than tells that there are too many to look through. */
  @Test
  void anotherOrganizationReadsFew() {
    Tenant.Home other = tenants.fresh("dns:few.test");
    other.enrol("tls-client", Csrs.ec("").dns("a.few.test"));
    Query all = Query.everything(50);
    for (Query.Status status : Query.Status.values()) {
      Query query = query(all, other.id(), "CN=many-", "", Optional.of(status), Optional.empty());
      assertThat(Scope.of(other.id()).during(() -> rowsRead(query)))
          .as("%s", query)
          .isLessThan(SearchRows.FEW + 200);
    }
  }

  @Test
  void pagesGoOnUntilAllAreFound() {
    Query one = Query.everything(Query.LARGEST_PAGE);
    Set<String> found = new HashSet<>();
    Optional<Query.Cursor> next = Optional.empty();
    List<Integer> sizes = new ArrayList<>();
    do {
      Query query = query(one, home.id(), "CN=many-1", "many", Optional.empty(), next);
      Page page = transactions.call(() -> inventory.search(query));
      page.entries()
          .forEach(entry -> found.add(entry.certificate().serial() + "" + entry.issuedAt()));
      sizes.add(page.entries().size());
      next = page.next();
    } while (next.isPresent() && sizes.size() < 200);
    assertThat(next).as("%s", sizes).isEmpty();
    long subjects = book.number("select count(*) from certificate where subject like 'CN=many-1%'");
    assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo((int) subjects);
    assertThat(found).hasSize((int) subjects);
  }

  private List<Query> questions() {
    Query all = Query.everything(50);
    OrganizationId id = home.id();
    Optional<Query.Status> expired = Optional.of(Query.Status.EXPIRED);
    return List.of(
        query(all, id, "", "", Optional.empty(), Optional.empty()),
        query(all, id, "CN=many-", "", Optional.empty(), Optional.empty()),
        query(all, id, "CN=many-12345", "", Optional.empty(), Optional.empty()),
        query(all, id, "", "none-such", Optional.empty(), Optional.empty()),
        query(all, id, "", "", expired, Optional.empty()),
        query(all, id, "", "", Optional.of(Query.Status.REVOKED), Optional.empty()),
        query(all, id, "", "none-such", Optional.of(Query.Status.REVOKED), Optional.empty()),
        query(all, id, "", "", Optional.of(Query.Status.HELD), Optional.empty()),
        named(id, "dns:same.many.test"),
        named(id, "dns:a.many.test"),
        named(id, "dns:none.many.test"));
  }

  private static Query query(
      Query like,
      OrganizationId id,
      String subject,
      String profile,
      Optional<Query.Status> status,
      Optional<Query.Cursor> after) {
    return new Query(
        Optional.of(id),
        like.name(),
        Optional.of(subject).filter(text -> !text.isEmpty()),
        Optional.of(profile).filter(text -> !text.isEmpty()),
        Optional.empty(),
        Optional.empty(),
        status,
        Optional.empty(),
        Optional.<Instant>empty(),
        after,
        like.limit());
  }

  private static Query named(OrganizationId id, String name) {
    return new Query(
        Optional.of(id),
        Optional.of(name),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        50);
  }

  private long rowsRead(Query query) {
    return rowsRead.by(() -> inventory.search(query));
  }
}
