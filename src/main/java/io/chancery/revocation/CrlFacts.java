package io.chancery.revocation;

import io.chancery.inventory.Transactions;
import io.chancery.issuance.Issuers;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/** What is published, for those who watch over it. */
@Singleton
public final class CrlFacts {
  private final Issuers issuers;
  private final CrlBook book;
  private final CrlConfig config;
  private final Transactions transactions;

  @Inject
  CrlFacts(Issuers issuers, CrlBook book, CrlConfig config, Transactions transactions) {
    this.issuers = issuers;
    this.book = book;
    this.config = config;
    this.transactions = transactions;
  }

  /** The newest of each issuer, scope and kind, as the book has it. */
  public List<CrlFact> newest() {
    return transactions.call(
        () ->
            issuers.all().stream()
                .flatMap(issuer -> book.newest(issuer.name()).stream())
                .flatMap(newest -> newest.crl().stream())
                .map(this::fact)
                .toList());
  }

  private CrlFact fact(PublishedCrl crl) {
    return new CrlFact(
        crl.slot().issuer(),
        crl.slot().scope().text(),
        crl.slot().isDelta() ? CrlFact.Kind.DELTA : CrlFact.Kind.COMPLETE,
        crl.number(),
        crl.thisUpdate(),
        crl.nextUpdate(),
        config.refresh());
  }
}
