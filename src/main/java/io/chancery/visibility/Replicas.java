package io.chancery.visibility;

import io.chancery.PkiException;
import io.chancery.inventory.Transactions;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Who serves beside this process, and what this process says of itself. */
@Singleton
public final class Replicas {
  private static final Logger LOG = Logger.getLogger(Replicas.class);
  private static final String ROLE = "authority";
  private static final int BEFORE_TRANSACTIONS_END = 95;

  private final ReplicaRows rows;
  private final SeenRows seen;
  private final StatusFeed feed;
  private final JobRuns jobs;
  private final Transactions transactions;
  private final ReplicaConfig config;
  private final InstantSource clock;
  private final boolean serves;
  private final String name;
  private final String id = UUID.randomUUID().toString();
  private volatile boolean leaving;

  @Inject
  Replicas(
      ReplicaRows rows,
      SeenRows seen,
      StatusFeed feed,
      JobRuns jobs,
      Transactions transactions,
      ReplicaConfig config,
      InstantSource clock,
      @ConfigProperty(name = "quarkus.http.host-enabled", defaultValue = "true") boolean serves,
      @ConfigProperty(name = "quarkus.http.ssl-port", defaultValue = "0") int port) {
    this.rows = rows;
    this.seen = seen;
    this.feed = feed;
    this.jobs = jobs;
    this.transactions = transactions;
    this.config = config;
    this.clock = clock;
    this.serves = serves;
    this.name = plain(config.name().orElseGet(() -> host() + ":" + port));
  }

  /** This one: its channel is what its own OCSP shows. */
  public Channel.Ocsp own() {
    return new Channel.Ocsp(id);
  }

  /** What people call this one; the same after a restart. */
  public String name() {
    return name;
  }

  /** Whether this process opens listeners: one that runs a single command is no replica. */
  boolean serves() {
    return serves;
  }

  /** All that are remembered, those that have gone silent included. */
  public List<Replica> all() {
    return transactions.call(rows::all);
  }

  /** Those that live and have not applied a change for longer than this. */
  public List<Replica.Missing> missing(Duration patience) {
    return transactions.call(() -> seen.missing(patience, Replica.GONE));
  }

  void beat() {
    if (serves && !leaving) {
      feed.beginning().ifPresent(this::beat);
    }
  }

  private void beat(StatusFeed.Beginning beginning) {
    Instant now = clock.instant();
    transactions.run(
        () ->
            rows.beat(
                new ReplicaRows.Beat(
                    id,
                    name,
                    ROLE,
                    Duration.between(beginning.at(), now),
                    beginning.transaction(),
                    Duration.between(feed.knownUntil(), now),
                    jobs.due())));
  }

  /** Forgets replicas that are long gone, and sightings that are old. */
  void tidy() {
    transactions.run(() -> rows.tidy(config.remembered()));
    int pruned = 1;
    while (pruned > 0) {
      // A day later than they are asked for: what is not remembered was seen, not missed.
      pruned =
          transactions.call(() -> seen.prune(config.sightings().plus(Duration.ofDays(1)), 5_000));
    }
  }

  /** Nobody waits for a replica that has stopped in order. */
  void leave(@Observes @Priority(BEFORE_TRANSACTIONS_END) ShutdownEvent event) {
    leaving = true;
    if (serves) {
      try {
        transactions.run(() -> rows.leave(id));
      } catch (PkiException databaseAway) {
        LOG.debugf("this replica is remembered as silent: %s", databaseAway.getMessage());
      }
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "unnamed";
    }
  }

  /** It stands in receipts, where a space would part it. */
  private static String plain(String text) {
    return text.replaceAll("[^A-Za-z0-9._:-]", "_");
  }
}
