package io.chancery.parts;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;

/**
 * Meters end with the service they tell of. The registry is the process's, and of two meters of one
 * name it keeps the first: without this, one that starts again in the same process would show what
 * was.
 */
class LastMeters {
  void clear(@Observes ShutdownEvent end, MeterRegistry meters) {
    meters.clear();
  }
}
