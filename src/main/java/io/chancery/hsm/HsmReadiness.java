package io.chancery.hsm;

import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while the token cannot sign: requests are better sent to another replica. */
@Readiness
final class HsmReadiness implements HealthCheck {
  private final Hsm hsm;

  @Inject
  HsmReadiness(Hsm hsm) {
    this.hsm = hsm;
  }

  @Override
  public HealthCheckResponse call() {
    Hsm.Health health = hsm.health();
    return HealthCheckResponse.named("hsm")
        .status(health.working())
        .withData("token", health.name())
        .withData("trouble", health.trouble())
        .build();
  }
}
