package io.chancery.hsm;

import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Not ready any more when so many threads hang inside the libraries of all tokens that no more are
 * spent: only a new process gets out of that by itself.
 */
@Readiness
class HsmReadiness implements HealthCheck {
  @Inject Hsm hsm;

  @Override
  public HealthCheckResponse call() {
    List<TokenStanding> tokens = hsm.tokens();
    long hung = tokens.stream().mapToLong(TokenStanding::hung).sum();
    boolean worn = !tokens.isEmpty() && tokens.stream().allMatch(TokenStanding::worn);
    return HealthCheckResponse.named("hsm-threads").status(!worn).withData("hung", hung).build();
  }
}
