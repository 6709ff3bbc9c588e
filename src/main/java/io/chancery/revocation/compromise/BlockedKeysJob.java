package io.chancery.revocation.compromise;

import io.chancery.PkiException;
import io.chancery.inventory.Leases;
import io.chancery.ledger.Standing;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * A certificate may have been reserved before its key was blocked and recorded after it. It is
 * revoked within seconds, whoever died when.
 */
@Singleton
final class BlockedKeysJob {
  private static final Logger LOG = Logger.getLogger(BlockedKeysJob.class);
  private static final Duration LEASE = Duration.ofSeconds(15);

  private final CompromisedKeys keys;
  private final Leases leases;
  private final Standing standing;

  @Inject
  BlockedKeysJob(CompromisedKeys keys, Leases leases, Standing standing) {
    this.keys = keys;
    this.leases = leases;
    this.standing = standing;
  }

  @Scheduled(
      identity = "blocked-keys",
      every = "${chancery.blocked-keys.look:10s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void look() {
    if (standing.agreed()) {
      try {
        leases.during("blocked-keys", LEASE, held -> work());
      } catch (PkiException away) {
        LOG.debugf("blocked keys wait: %s", away.getMessage());
      }
    }
  }

  private void work() {
    int swept = keys.sweep();
    if (swept > 0) {
      LOG.infof("%d certificates with blocked keys were revoked", swept);
    }
  }
}
