package io.chancery.inventory;

import io.chancery.PkiException;
import io.chancery.inventory.pulse.Pulse;
import io.smallrye.health.api.Wellness;
import jakarta.inject.Inject;
import java.time.InstantSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Whether the book can be read and written. Not a matter of readiness: what was signed is still
 * served while it is away.
 */
@Wellness
class DatabaseHealth implements HealthCheck {
  @Inject LeaseRows rows;
  @Inject Transactions transactions;
  @Inject Pulse pulse;
  @Inject InstantSource clock;

  @Override
  public HealthCheckResponse call() {
    try {
      transactions.run(rows::touch);
    } catch (PkiException away) {
      return down(pulse.trouble().orElseGet(() -> told(away)));
    }
    // It may be read, and refuse what is written.
    return pulse
        .trouble()
        .map(DatabaseHealth::down)
        .orElseGet(() -> HealthCheckResponse.named("database").up().build());
  }

  private Pulse.Trouble told(PkiException away) {
    return new Pulse.Trouble(clock.instant(), away.failure().detail());
  }

  private static HealthCheckResponse down(Pulse.Trouble trouble) {
    return HealthCheckResponse.named("database")
        .down()
        .withData("since", trouble.since().toString())
        .withData("trouble", trouble.what())
        .build();
  }
}
