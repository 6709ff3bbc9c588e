package io.chancery.api.consent;

import io.chancery.warrant.SigningSwitch;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Says that signing is halted; ready nevertheless, because status is served all the same. */
@Readiness
class SigningHealth implements HealthCheck {
  @Inject SigningSwitch signing;

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("signing")
        .up()
        .withData(
            "certificates",
            signing.halt().map(halt -> "halted since " + halt.at()).orElse("signed"))
        .build();
  }
}
