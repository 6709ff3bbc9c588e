package io.chancery.alerts;

import io.chancery.canary.Flight;
import io.chancery.canary.Flights;
import io.chancery.inventory.Inventory;
import io.chancery.inventory.Shard;
import io.chancery.inventory.Transactions;
import io.chancery.issuance.Issuer;
import io.chancery.issuance.Issuers;
import io.chancery.revocation.CrlFact;
import io.chancery.revocation.CrlFacts;
import io.chancery.visibility.Replica;
import io.chancery.visibility.Replicas;
import io.chancery.x509.IssuerName;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** Gathers what the watch over the status service judges. */
@Singleton
final class StatusFacts {
  /** A change is everywhere within a second; so much later something is wrong. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Issuers issuers;
  private final Inventory inventory;
  private final CrlFacts crls;
  private final Replicas replicas;
  private final Flights flights;
  private final Transactions transactions;

  @Inject
  StatusFacts(
      Issuers issuers,
      Inventory inventory,
      CrlFacts crls,
      Replicas replicas,
      Flights flights,
      Transactions transactions) {
    this.issuers = issuers;
    this.inventory = inventory;
    this.crls = crls;
    this.replicas = replicas;
    this.flights = flights;
    this.transactions = transactions;
  }

  /**
   * What is so now.
   *
   * @param shards those that certificates in force name
   * @param missing replicas that live and have not applied a change for too long
   */
  record Gathered(
      List<IssuerName> issuers,
      List<Shard> shards,
      List<CrlFact> crls,
      List<Replica> replicas,
      List<Replica.Missing> missing,
      List<Flight> flights) {}

  Gathered gather() {
    return new Gathered(
        issuers.all().stream().map(Issuer::name).toList(),
        transactions.call(inventory::shardsInUse),
        crls.newest(),
        replicas.all(),
        replicas.missing(PATIENCE),
        flights.newest());
  }
}
