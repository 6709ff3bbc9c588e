package io.chancery.api;

import io.chancery.issuance.Issuers;
import io.chancery.revocation.Crls;
import jakarta.inject.Inject;
import java.time.InstantSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready when every issuer has a CRL in force: what validators ask for is there. */
@Readiness
class AuthorityHealth implements HealthCheck {
  @Inject Issuers issuers;
  @Inject Crls crls;
  @Inject InstantSource clock;

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer = HealthCheckResponse.named("crl").up();
    for (var issuer : issuers.all()) {
      var crl = crls.current(issuer.name());
      boolean inForce = crl.isPresent() && clock.instant().isBefore(crl.get().nextUpdate());
      answer.withData(
          issuer.name().value(), crl.map(one -> "number " + one.number()).orElse("none yet"));
      if (!inForce) {
        answer.down();
      }
    }
    return answer.build();
  }
}
