package io.chancery.scenario.apart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chancery.scenario.PublishedCrls;
import io.chancery.testing.Book;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Among many revoked certificates a change costs what it cost among few: the complete CRL waits,
 * the delta tells. {@code -Dchancery.test.revoked} makes them a million (docs/crl.md).
 */
@QuarkusTest
@WithTestResource(World.class)
@TestProfile(ManyRevokedTest.LowLimit.class)
class ManyRevokedTest {
  private static final int MANY = Integer.getInteger("chancery.test.revoked", 5000);
  private static final int CHANGES = 1000;
  private static final Duration SOON = Duration.ofSeconds(60);

  /** A complete CRL of a few thousand is not remade at once. */
  public static final class LowLimit implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("chancery.crl.at-once", "1000");
    }
  }

  @Inject Tenant tenants;
  @Inject Book book;

  @Test
  void theCompleteOneWaitsAndTheDeltaTells() throws Exception {
    Tenant.Home home = tenants.fresh("dns:internal.test");
    List<Tenant.Holder> holders =
        IntStream.range(0, 20)
            .mapToObj(i -> home.enrol("tls-client", Csrs.ec("").dns("a.internal.test")))
            .toList();
    seed();
    long whole = wholeOf(MANY);

    List<Long> took = new ArrayList<>();
    for (Tenant.Holder holder : holders) {
      long start = System.nanoTime();
      Http.Answer answer = home.http().post(holder.path() + "/revocation", Map.of());
      took.add((System.nanoTime() - start) / 1_000_000);
      assertThat(answer.status()).isEqualTo(200);
    }
    PublishedCrls.await(
        PublishedCrls.DELTA,
        SOON,
        crl ->
            holders.stream()
                .allMatch(
                    holder ->
                        crl.getRevokedCertificate(holder.certificate().serial().value()) != null));
    System.out.printf("20 revocations among %d, ms each with https: %s%n", MANY, took);

    change(holders.getFirst().serial());
    await()
        .atMost(SOON)
        .until(
            () ->
                book.number("select coalesce(max(entries), 0) from crl where base is not null")
                    >= CHANGES + holders.size());
    assertThat(book.number("select max(number) from crl where base is null"))
        .as("the complete CRL was not made again")
        .isEqualTo(whole);
    // Only the newest few keep their octets, in pieces of at most 1 MB.
    assertThat(book.number("select count(distinct number) from crl_part")).isLessThanOrEqualTo(4);
    assertThat(book.number("select max(octet_length(octets)) from crl_part"))
        .isLessThanOrEqualTo(1 << 20);
  }

  private void seed() throws Exception {
    int most = 100_000; // a statement has twenty seconds
    for (int done = 0; done < MANY; done += most) {
      book.change(
          "insert into revoked (issuer, serial, reason, since, not_after)"
              + " select 'issuing', '7f' || left(encode(sha256(n::text::bytea), 'hex'), 38), 1,"
              + " now(), now() + interval '90 days' from generate_series(?, ?) n",
          done + 1,
          Math.min(done + most, MANY));
    }
    book.change("analyze revoked");
  }

  /** As after a restoration: what the CRLs have seen is not known, so a complete one is due. */
  private long wholeOf(int entries) throws Exception {
    book.change("update crl set snapshot = null");
    await()
        .atMost(Duration.ofSeconds(120))
        .until(
            () ->
                book.number("select coalesce(max(entries), 0) from crl where base is null")
                    >= entries);
    return book.number("select max(number) from crl where base is null");
  }

  /** Many certificates, all revoked at one moment. */
  private void change(String like) throws Exception {
    String serial = "'5e' || left(encode(sha256(n::text::bytea), 'hex'), 38)";
    book.change(
        "with one as (insert into certificate (serial, issuer, profile, organization, requester,"
            + " contact, subject, names, key_thumbprint, key_algorithm, not_before, not_after,"
            + " issued_at, der, status, status_version, status_since, reason) select "
            + serial
            + ", issuer, profile, organization, requester, contact, subject, names, key_thumbprint,"
            + " key_algorithm, not_before, not_after, issued_at, der, 'revoked', 1, now(), 1"
            + " from certificate, generate_series(1, "
            + CHANGES
            + ") n where serial = ? returning *), two as (insert into revoked (issuer, serial,"
            + " reason, since, not_after) select issuer, serial, reason, status_since, not_after"
            + " from one) insert into status_change (issuer, serial, version, at) select issuer,"
            + " serial, 1, now() from one",
        like);
  }
}
