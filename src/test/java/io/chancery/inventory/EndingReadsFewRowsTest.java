package io.chancery.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.testing.Book;
import io.chancery.testing.Csrs;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What ends soon and has no successor is looked for every ten seconds: in a book whose certificates
 * have names and no subject, as most have, one without names must not make it read them all.
 */
@QuarkusTest
@WithTestResource(World.class)
class EndingReadsFewRowsTest {
  private static final int MANY = 20_000;
  private static final String NAMELESS = "7d" + "0".repeat(38);

  @Inject Tenant tenants;
  @Inject Book book;
  @Inject Inventory inventory;
  @Inject RowsRead rowsRead;

  @BeforeEach
  void manyWithoutSubject() throws SQLException {
    Tenant.Home home = tenants.fresh("dns:many.test");
    String template = home.enrol("tls-client", Csrs.ec("").dns("a.many.test")).serial();
    book.change(
        """
        insert into certificate (serial, issuer, profile, organization, requester, contact, subject,
          names, key_thumbprint, key_algorithm, not_before, not_after, issued_at, der)
        select case i when 0 then '%2$s' else '7e' || lpad(to_hex(i), 38, '0') end, issuer, profile,
          organization, 'many', '', case i when 0 then 'CN=nameless' else '' end,
          case i when 0 then cast('{}' as text[]) else array['dns:' || i || '.many.test'] end,
          'many', key_algorithm, now() - interval '1 day',
          now() + case i when 0 then interval '10 days' else interval '89 days' end,
          now() - interval '1 day', der
        from certificate, generate_series(0, %1$d) i where serial = '%3$s'
        """
            .formatted(MANY, NAMELESS, template));
    book.change("analyze certificate");
  }

  @AfterEach
  void noneIsLeft() throws SQLException {
    book.change("delete from certificate where requester = 'many'");
    book.change("vacuum analyze certificate");
  }

  @Test
  void oneWithoutNamesReadsFew() {
    assertThat(book.number("select count(*) from certificate where subject = ''"))
        .isGreaterThanOrEqualTo(MANY);
    Instant now = Instant.now();
    List<Inventory.Ending> ending = new ArrayList<>();
    long read =
        rowsRead.by(
            () ->
                ending.addAll(
                    inventory.unreplacedEnding(now, now.plus(Duration.ofDays(30)), 1_000)));
    assertThat(ending).anyMatch(one -> one.serial().hex().equals(NAMELESS));
    assertThat(read).isLessThan(MANY / 10);
  }
}
