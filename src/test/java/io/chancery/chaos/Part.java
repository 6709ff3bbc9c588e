package io.chancery.chaos;

import java.time.Duration;

/** What a fault hits, and what is promised of it. */
public enum Part {
  /** The token and its library. */
  HSM(Duration.ofSeconds(3), true),
  DATABASE(Duration.ofSeconds(10), true),
  /** The service's own process: nothing is served while it is not there. */
  MACHINE(Duration.ofSeconds(30), false);

  private final Duration issuingAgain;
  private final boolean statusGoesOn;

  Part(Duration issuingAgain, boolean statusGoesOn) {
    this.issuingAgain = issuingAgain;
    this.statusGoesOn = statusGoesOn;
  }

  /** How long after its return certificates are issued again. */
  Duration issuingAgain() {
    return issuingAgain;
  }

  /** Whether OCSP, CRLs and the trust document are served all the time. */
  boolean statusGoesOn() {
    return statusGoesOn;
  }
}
