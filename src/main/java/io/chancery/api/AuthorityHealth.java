package io.chancery.api;

import io.chancery.Since;
import io.chancery.issuance.Issuer;
import io.chancery.issuance.Issuers;
import io.chancery.revocation.Crls;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready when every issuer has a CRL in force: what validators ask for is there. */
@Readiness
@Singleton
class AuthorityHealth implements HealthCheck {
  private final Issuers issuers;
  private final Crls crls;
  private final InstantSource clock;
  private final Since since;

  @Inject
  AuthorityHealth(Issuers issuers, Crls crls, InstantSource clock) {
    this.issuers = issuers;
    this.crls = crls;
    this.clock = clock;
    this.since = new Since(clock);
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer = HealthCheckResponse.named("crl");
    List<String> without = new ArrayList<>();
    for (Issuer issuer : issuers.all()) {
      var crl = crls.current(issuer.name());
      answer.withData(
          issuer.name().value(), crl.map(one -> "number " + one.number()).orElse("none yet"));
      if (crl.filter(one -> clock.instant().isBefore(one.nextUpdate())).isEmpty()) {
        without.add("no CRL of issuer " + issuer.name() + " is in force");
      }
    }
    Since.State state =
        without.isEmpty() ? since.well() : since.trouble(String.join("; ", without));
    return answer
        .status(state.isWell())
        .withData("since", state.since().toString())
        .withData("trouble", state.words())
        .build();
  }
}
