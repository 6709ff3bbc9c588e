package io.chancery;

import java.time.Instant;

/** The clocks of the machine. Only {@link HouseClock} reads them; tests set them. */
public interface MachineClock {
  /** What people see, and may set. */
  Instant wall();

  /** A timer that nobody sets; it may stand while the machine sleeps. */
  long nanos();

  /** Since the machine started, its sleep included; negative where nobody counts that. */
  long uptimeMillis();
}
