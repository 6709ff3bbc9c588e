package io.chancery.inventory;

import io.chancery.PkiException;
import io.smallrye.health.api.Wellness;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Whether the book can be read. Not a matter of readiness: what was signed is still served while it
 * is away.
 */
@Wellness
class DatabaseHealth implements HealthCheck {
  @Inject LeaseRows rows;
  @Inject Transactions transactions;

  @Override
  public HealthCheckResponse call() {
    try {
      transactions.run(rows::touch);
      return HealthCheckResponse.named("database").up().build();
    } catch (PkiException away) {
      return HealthCheckResponse.named("database")
          .down()
          .withData("trouble", away.failure().detail())
          .build();
    }
  }
}
