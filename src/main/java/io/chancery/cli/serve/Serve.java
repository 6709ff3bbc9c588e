package io.chancery.cli.serve;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The service alone, in production: database, token and authority are the operator's. */
@Command(
    name = "serve",
    header = "Run the service as its configuration says.",
    description = {
      "",
      "For production: database, HSM, authority and profiles come from configuration "
          + "(docs/configuration.md), as a properties file named by QUARKUS_CONFIG_LOCATIONS or as "
          + "system properties. For a trial on one machine use: chancery up",
      ""
    })
public final class Serve implements Callable<Integer> {
  @Override
  public Integer call() {
    // A stop in order ends with 0 here as well: it is no failure for whoever supervises.
    try (Shutdown shutdown = Shutdown.onSignal(line -> {})) {
      Boot.run(Serving.class, Map.of(), List.of());
      return 0;
    }
  }

  /** Stays until it is stopped. */
  public static final class Serving implements QuarkusApplication {
    @Override
    public int run(String... arguments) {
      Quarkus.waitForExit();
      return 0;
    }
  }
}
