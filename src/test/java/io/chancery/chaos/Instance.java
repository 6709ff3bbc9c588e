package io.chancery.chaos;

import io.chancery.kill.Victim;
import io.chancery.testing.FaultyModule;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An instance of {@code chancery up} whose token is behind a library that can misbehave. */
final class Instance {
  private Instance() {}

  static Victim before(FaultyModule module, Path folder) {
    Map<String, String> environment = new HashMap<>(module.environment());
    environment.remove("SOFTHSM2_CONF"); // the instance has its own
    environment.put("SOFTHSM2_MODULE", module.library().toString());
    return new Victim(folder, List.of(), environment);
  }
}
