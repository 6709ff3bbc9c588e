package io.chancery.visibility;

import io.chancery.inventory.StatusVersion;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** What this replica's OCSP answers from now on. */
@Singleton
final class OcspSightings {
  /** The OCSP room applies a change at 100; by now it has. */
  private static final int AFTER_OCSP = 1_000;

  private final Replicas replicas;
  private final Seen seen;
  private final InstantSource clock;

  @Inject
  OcspSightings(Replicas replicas, Seen seen, InstantSource clock) {
    this.replicas = replicas;
    this.seen = seen;
    this.clock = clock;
  }

  void applied(@Observes @Priority(AFTER_OCSP) StatusChanged news) {
    if (replicas.serves()) {
      seen.recordSoon(
          replicas.own(), news.changes().stream().map(StatusVersion::of).toList(), clock.instant());
    }
  }
}
