package io.chancery.revocation;

import io.chancery.inventory.Transactions;
import io.chancery.issuance.Issuer;
import io.chancery.issuance.Issuers;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** What is published, for those who watch over it. */
@Singleton
public final class CrlFacts {
  private final Issuers issuers;
  private final CrlRows crls;
  private final CrlConfig config;
  private final Transactions transactions;

  @Inject
  CrlFacts(Issuers issuers, CrlRows crls, CrlConfig config, Transactions transactions) {
    this.issuers = issuers;
    this.crls = crls;
    this.config = config;
    this.transactions = transactions;
  }

  /** The newest of each issuer, scope and kind, as the book has it. */
  public List<CrlFact> newest() {
    return transactions.call(
        () -> {
          List<CrlFact> facts = new ArrayList<>();
          for (Issuer issuer : issuers.all()) {
            crls.newest(issuer.name())
                .ifPresent(
                    row ->
                        facts.add(
                            new CrlFact(
                                issuer.name(),
                                "",
                                CrlFact.Kind.COMPLETE,
                                row.id.number(),
                                row.thisUpdate,
                                row.nextUpdate,
                                config.refresh())));
          }
          return facts;
        });
  }
}
