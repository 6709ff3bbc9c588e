package io.chancery.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.Role;
import io.chancery.inventory.Lease;
import io.chancery.inventory.Leases;
import io.chancery.inventory.OtherReplica;
import io.chancery.inventory.Transactions;
import io.chancery.issuance.CrlEntries;
import io.chancery.issuance.Issuer;
import io.chancery.issuance.Issuers;
import io.chancery.issuance.SignedCrl;
import io.chancery.issuance.StatusAddresses;
import io.chancery.ledger.Ledger;
import io.chancery.testing.Book;
import io.chancery.testing.Csrs;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.chancery.x509.CrlScope;
import io.chancery.x509.IssuerName;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A replica stands still between a CRL's number and its signature, and another goes on. */
@QuarkusTest
@WithTestResource(World.class)
class AFrozenPublisherIsFencedTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final CrlSlot WHOLE = CrlSlot.complete(new IssuerName("issuing"), CrlScope.WHOLE);

  @Inject CrlBook crls;
  @Inject CrlRetention retention;
  @Inject Ledger ledger;
  @Inject CrlNews news;
  @Inject StatusAddresses addresses;
  @Inject CrlConfig config;
  @Inject Crls published;
  @Inject Issuers issuers;
  @Inject OtherReplica other;
  @Inject Transactions transactions;
  @Inject Tenant tenants;
  @Inject Book book;

  @Test
  void itsLateCrlIsNotKeptAndNumbersGoOn() throws Exception {
    Issuer issuer = issuers.named(WHOLE.issuer());
    Leases frozen = other.leases();
    CrlSeries series =
        new CrlSeries(
            crls, retention, ledger, frozen, news, addresses, config, InstantSource.system());
    leaseIsFree();
    Lease lease =
        await()
            .atMost(SOON)
            .until(() -> frozen.take("crl/issuing", Duration.ofSeconds(2)), Optional::isPresent)
            .orElseThrow();
    try (CrlEntries entries = published.entries()) {
      CrlDraft draft =
          transactions.callAgain(() -> series.draft(issuer, WHOLE, lease, entries)).orElseThrow();

      // It stands still; a certificate is revoked, and another replica goes on.
      Tenant.Holder holder =
          tenants
              .fresh("dns:internal.test")
              .enrol("tls-client", Csrs.ec("").dns("a.internal.test"));
      assertThat(
              tenants
                  .person(Role.OPERATOR)
                  .http()
                  .post(holder.path() + "/revocation", Map.of("reason", "superseded"))
                  .status())
          .isEqualTo(200);
      await().atMost(SOON).until(() -> newest() > draft.number());

      // It wakes up.
      SignedCrl signed = issuer.signCrl(draft.content(), entries);
      Path octets = published.write(signed);
      PublishedCrl late = published.describe(draft, signed, octets);
      assertThatThrownBy(() -> transactions.run(() -> series.keep(draft, lease, late, octets)))
          .isInstanceOfSatisfying(
              PkiException.class,
              refused -> assertThat(refused.failure()).isInstanceOf(Failure.Conflict.class));
      published.discard(octets);
      assertThatThrownBy(() -> transactions.run(() -> series.draft(issuer, WHOLE, lease, entries)))
          .as("nor does it get another number")
          .isInstanceOf(PkiException.class);
      assertThat(
              book.number(
                  "select count(*) from crl where scope = '' and number = ?", draft.number()))
          .isZero();
      assertThat(
              book.texts(
                  "select number from crl where issuer = 'issuing' and scope = ''"
                      + " order by this_update, number"))
          .extracting(Long::parseLong)
          .isSorted()
          .doesNotHaveDuplicates();
    }
  }

  private long newest() {
    return book.number(
        "select coalesce(max(number), 0) from crl where issuer = 'issuing' and scope = ''"
            + " and base is null");
  }

  private void leaseIsFree() throws Exception {
    book.change(
        "update lease set expires_at = now() - interval '1 second' where name = 'crl/issuing'");
  }
}
