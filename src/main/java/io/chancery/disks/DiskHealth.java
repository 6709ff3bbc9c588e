package io.chancery.disks;

import io.chancery.Since;
import io.smallrye.health.api.Wellness;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Whether there is room. Not a matter of readiness: status is served from what is there. */
@Wellness
@Singleton
class DiskHealth implements HealthCheck {
  private final DiskWatch watch;
  private final Since since;

  @Inject
  DiskHealth(DiskWatch watch, InstantSource clock) {
    this.watch = watch;
    this.since = new Since(clock);
  }

  @Override
  public HealthCheckResponse call() {
    String trouble =
        watch.troubles().stream().map(DiskWatch.Trouble::why).collect(Collectors.joining("; "));
    Since.State state = trouble.isEmpty() ? since.well() : since.trouble(trouble);
    return HealthCheckResponse.named("disk")
        .status(state.isWell())
        .withData("since", state.since().toString())
        .withData("trouble", state.words())
        .build();
  }
}
