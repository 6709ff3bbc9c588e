package io.chancery.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chancery.Role;
import io.chancery.inventory.Leases;
import io.chancery.inventory.OtherReplica;
import io.chancery.inventory.Transactions;
import io.chancery.issuance.Issuers;
import io.chancery.issuance.StatusAddresses;
import io.chancery.ledger.Ledger;
import io.chancery.testing.Book;
import io.chancery.testing.Csrs;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** CRLs are due when a replica starts, and the last ones are in force for hours yet. */
@QuarkusTest
@WithTestResource(World.class)
class AStartDoesNotWaitForALongCrlTest {
  private static final String WHOLE = "crl/issuing";
  private static final Duration SOON = Duration.ofSeconds(60);

  @Inject CrlBook crls;
  @Inject CrlRetention retention;
  @Inject Ledger ledger;
  @Inject CrlNews news;
  @Inject StatusAddresses addresses;
  @Inject Crls published;
  @Inject Issuers issuers;
  @Inject OtherReplica other;
  @Inject Transactions transactions;
  @Inject Tenant tenants;
  @Inject Book book;

  /** Every CRL is due at any time, and long where it has more entries than {@code atOnce}. */
  private record AlwaysDue(int atOnce) implements CrlConfig {
    @Override
    public Duration lifetime() {
      return Duration.ofHours(24);
    }

    @Override
    public Duration refresh() {
      return Duration.ZERO;
    }

    /** So that what follows the start comes visibly later. */
    @Override
    public Duration pace() {
      return Duration.ofSeconds(3);
    }

    @Override
    public Duration look() {
      return Duration.ofSeconds(1);
    }
  }

  @BeforeEach
  void somethingIsListedAndNothingElseIsDue() {
    Tenant.Holder holder =
        tenants.fresh("dns:internal.test").enrol("tls-client", Csrs.ec("").dns("a.internal.test"));
    assertThat(
            tenants
                .person(Role.OPERATOR)
                .http()
                .post(holder.path() + "/revocation", Map.of("reason", "superseded"))
                .status())
        .isEqualTo(200);
    await()
        .atMost(SOON)
        .until(
            () ->
                transactions.call(
                    () ->
                        crls.newest(issuers.all().getFirst().name()).stream()
                            .noneMatch(CrlBook.Newest::behind)));
  }

  @Test
  void aLongOneFollows() throws SQLException {
    long complete = newest("is null");
    long delta = newest("is not null");

    starting(new AlwaysDue(0)).publishDue();

    assertThat(newest("is null")).isEqualTo(complete);
    assertThat(newest("is not null")).isEqualTo(delta);
    await().atMost(SOON).until(() -> newest("is null") > complete);
    await().atMost(SOON).until(() -> newest("is not null") > newest("is null"));
  }

  @Test
  void aShortOneIsThereBefore() throws SQLException {
    long complete = newest("is null");

    starting(new AlwaysDue(10_000)).publishDue();

    assertThat(newest("is null")).isGreaterThan(complete);
    assertThat(newest("is not null")).isGreaterThan(newest("is null"));
  }

  private CrlPublisher starting(CrlConfig config) throws SQLException {
    // The one that runs keeps its leases for a while after it has published.
    book.change(
        "update lease set expires_at = now() where name in (?, ?)", WHOLE, WHOLE + "/delta");
    Leases leases = other.leases();
    return new CrlPublisher(
        issuers,
        crls,
        retention,
        new CrlSeries(
            crls, retention, ledger, leases, news, addresses, config, InstantSource.system()),
        published,
        addresses,
        leases,
        transactions,
        config,
        new SimpleMeterRegistry(),
        InstantSource.system());
  }

  private long newest(String base) {
    return book.number(
        "select coalesce(max(number), 0) from crl where issuer = 'issuing' and scope = ''"
            + " and base "
            + base);
  }
}
