package io.chancery.filter;

import io.chancery.inventory.Transactions;
import io.chancery.x509.IssuerName;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The newest filter of each issuer; the last one seen serves while the book is away. */
@Singleton
public final class Filters {
  private final RevocationFilterRows rows;
  private final Transactions transactions;
  private final FilterTerms terms;
  private final ConcurrentHashMap<IssuerName, PublishedFilter> seen = new ConcurrentHashMap<>();

  @Inject
  Filters(RevocationFilterRows rows, Transactions transactions, FilterTerms terms) {
    this.rows = rows;
    this.transactions = transactions;
    this.terms = terms;
  }

  /** Whether filters are made here at all. */
  public boolean areMade() {
    return terms.every().isPresent();
  }

  /** The newest filter, from memory; the job and every publication refresh it. */
  public Optional<PublishedFilter> current(IssuerName issuer) {
    PublishedFilter known = seen.get(issuer);
    return known == null ? refresh(issuer) : Optional.of(known);
  }

  /** Looks for a newer one in the book; an older one never takes the place of a newer one. */
  Optional<PublishedFilter> refresh(IssuerName issuer) {
    PublishedFilter known = seen.get(issuer);
    long number = known == null ? 0 : known.number();
    transactions
        .call(() -> rows.newerThan(number, issuer).map(row -> published(issuer, row)))
        .ifPresent(this::offer);
    return Optional.ofNullable(seen.get(issuer));
  }

  void offer(PublishedFilter filter) {
    seen.merge(filter.issuer(), filter, (a, b) -> a.number() >= b.number() ? a : b);
  }

  private static PublishedFilter published(IssuerName issuer, RevocationFilterRow row) {
    return new PublishedFilter(issuer, row.number, row.thisUpdate, row.nextUpdate, row.file);
  }
}
