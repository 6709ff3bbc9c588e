package io.chancery.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShutdownTest {
  private final List<String> said = new ArrayList<>();

  @Test
  void stopsTheLastStartedFirstAndEachOnce() {
    Shutdown shutdown = Shutdown.onSignal(said::add);
    shutdown.later("database", () -> said.add("database down"));
    shutdown.later("service", () -> said.add("service down"));
    shutdown.close();
    shutdown.close();
    assertThat(said).containsExactly("service down", "database down");
  }

  @Test
  void oneThatFailsToStopDoesNotKeepTheOthersUp() {
    Shutdown shutdown = Shutdown.onSignal(said::add);
    shutdown.later("database", () -> said.add("database down"));
    shutdown.later(
        "service",
        () -> {
          throw new Failure.Unavailable("service", "hangs", Duration.ofSeconds(1)).thrown();
        });
    shutdown.close();
    assertThat(said).containsExactly("service: service is away: hangs", "database down");
  }
}
