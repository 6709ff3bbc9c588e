package io.chancery.timekeeping;

import io.chancery.HouseClock;
import io.chancery.Since;
import io.smallrye.health.api.Wellness;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Whether the clock is believed. Not a matter of readiness: status goes on by the house's time. */
@Wellness
@Singleton
class ClockHealth implements HealthCheck {
  private final HouseClock house;
  private final Since since;

  @Inject
  ClockHealth(HouseClock house) {
    this.house = house;
    this.since = new Since(house);
  }

  @Override
  public HealthCheckResponse call() {
    Since.State state =
        house.dispute().map(dispute -> since.trouble(dispute.why())).orElseGet(since::well);
    return HealthCheckResponse.named("clock")
        .status(state.isWell())
        .withData("since", state.since().toString())
        .withData("trouble", state.words())
        .withData("house", house.instant().toString())
        .withData("machine", house.wall().toString())
        .build();
  }
}
