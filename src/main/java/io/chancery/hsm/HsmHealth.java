package io.chancery.hsm;

import io.smallrye.health.api.Wellness;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * Whether the token can sign, and since when it cannot. Not a matter of readiness: what was signed
 * is still served while it is away.
 */
@Wellness
class HsmHealth implements HealthCheck {
  @Inject Hsm hsm;

  @Override
  public HealthCheckResponse call() {
    Hsm.Health health = hsm.health();
    HealthCheckResponseBuilder answer =
        HealthCheckResponse.named("hsm")
            .status(health.working())
            .withData("token", health.name())
            .withData("trouble", health.trouble().isEmpty() ? "none" : health.trouble());
    List<TokenStanding> tokens = hsm.tokens();
    if (!health.working()) {
      tokens.stream()
          .flatMap(token -> token.since().stream())
          .max(Comparator.<Instant>naturalOrder())
          .ifPresent(since -> answer.withData("since", since.toString()));
    }
    if (!tokens.isEmpty()) {
      answer
          .withData("hung", tokens.stream().mapToLong(TokenStanding::hung).sum())
          .withData(
              "breaker", tokens.stream().map(HsmHealth::breaker).collect(Collectors.joining(", ")));
    }
    if (tokens.size() > 1) {
      tokens.forEach(token -> answer.withData(token.name(), line(token)));
    }
    return answer.build();
  }

  private static String breaker(TokenStanding token) {
    return token.breaker().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String line(TokenStanding token) {
    return (token.works() ? "works" : "away since " + token.since().orElse(Instant.EPOCH))
        + token.trouble().map(words -> ": " + words).orElse("");
  }
}
