package io.chancery.hsm;

import io.smallrye.health.api.Wellness;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Whether the token can sign. Not a matter of readiness: what was signed is still served while it
 * is away.
 */
@Wellness
class HsmHealth implements HealthCheck {
  @Inject Hsm hsm;

  @Override
  public HealthCheckResponse call() {
    Hsm.Health health = hsm.health();
    return HealthCheckResponse.named("hsm")
        .status(health.working())
        .withData("token", health.name())
        .withData("trouble", health.trouble().isEmpty() ? "none" : health.trouble())
        .build();
  }
}
