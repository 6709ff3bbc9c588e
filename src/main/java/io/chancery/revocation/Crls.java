package io.chancery.revocation;

import io.chancery.inventory.Transactions;
import io.chancery.x509.Der;
import io.chancery.x509.IssuerName;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest CRL of each issuer, as it was signed; the last one seen serves while the book is away.
 */
@Singleton
public final class Crls {
  private final CrlRows rows;
  private final Transactions transactions;
  private final ConcurrentHashMap<IssuerName, PublishedCrl> seen = new ConcurrentHashMap<>();

  @Inject
  Crls(CrlRows rows, Transactions transactions) {
    this.rows = rows;
    this.transactions = transactions;
  }

  /** The newest CRL, from memory; the job and every publication refresh it. */
  public Optional<PublishedCrl> current(IssuerName issuer) {
    PublishedCrl known = seen.get(issuer);
    return known == null ? refresh(issuer) : Optional.of(known);
  }

  /** Reads the newest one from the book. An older one never takes the place of a newer one. */
  Optional<PublishedCrl> refresh(IssuerName issuer) {
    Optional<PublishedCrl> newest =
        transactions.call(() -> rows.newest(issuer).map(row -> published(issuer, row)));
    newest.ifPresent(this::offer);
    return Optional.ofNullable(seen.get(issuer));
  }

  void offer(PublishedCrl crl) {
    seen.merge(crl.issuer(), crl, (a, b) -> a.number() >= b.number() ? a : b);
  }

  private static PublishedCrl published(IssuerName issuer, CrlRow row) {
    return new PublishedCrl(
        issuer, row.id.number(), row.thisUpdate, row.nextUpdate, row.entries, Der.of(row.der));
  }
}
