package io.chancery.ledger;

import io.chancery.Failure;
import io.chancery.Since;
import io.smallrye.health.api.Wellness;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Whether the roll can be relied on and its copy is written. Not a matter of readiness: status is
 * served while it is not.
 */
@Wellness
class LedgerHealth implements HealthCheck {
  @Inject Standing standing;
  @Inject Lag lag;
  @Inject Witnessing witnesses;
  @Inject InstantSource clock;

  private Optional<Since> since = Optional.empty();

  @Override
  public HealthCheckResponse call() {
    String doubt =
        standing.doubt().map(found -> found.what() + "; " + found.remedy()).orElse("none");
    return HealthCheckResponse.named("ledger")
        .status(standing.doubt().isEmpty() && lag.trouble().isEmpty())
        .withData("since", state(doubt).since().toString())
        .withData("doubt", doubt)
        .withData("trouble", lag.trouble().map(Failure::detail).orElse(doubt))
        .withData(
            "witnesses missing",
            witnesses.missing().isEmpty()
                ? "none"
                : witnesses.missing().stream()
                    .map(one -> one.witness() + ": " + one.reason())
                    .collect(Collectors.joining("; ")))
        .withData("behind", lag.behind().toSeconds() + " s")
        .build();
  }

  private synchronized Since.State state(String doubt) {
    Since here = since.orElseGet(() -> new Since(clock));
    since = Optional.of(here);
    String trouble = lag.trouble().map(Failure::detail).orElse(doubt);
    return trouble.equals("none") ? here.well() : here.trouble(trouble);
  }
}
