package io.chancery;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;

/** Time and randomness, which come in by constructor everywhere else. */
final class Sources {
  /** Linux: seconds since the machine started, those in which it slept among them. */
  private static final Path UPTIME = Path.of("/proc/uptime");

  @Produces
  @Singleton
  HouseClock clock(MachineClock machine) {
    return new HouseClock(machine);
  }

  @Produces
  @Singleton
  @DefaultBean
  MachineClock machine() {
    return new Machine();
  }

  @Produces
  @Singleton
  SecureRandom random() {
    return new SecureRandom();
  }

  /** The one this process runs on. */
  private record Machine() implements MachineClock {
    @Override
    public Instant wall() {
      return Instant.now();
    }

    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public long uptimeMillis() {
      try {
        String text = Files.readString(UPTIME);
        return Math.round(Double.parseDouble(text.substring(0, text.indexOf(' '))) * 1000);
      } catch (IOException | RuntimeException none) {
        return -1;
      }
    }
  }
}
