package io.chancery.cli.ceremony;

import io.chancery.issuance.AuthorityCertificates;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** What lies on the table during a ceremony. */
record Table(
    CeremonySpec spec,
    Papers papers,
    Transcript transcript,
    InstantSource clock,
    SecureRandom random) {
  private static final Duration BACKDATE = Duration.ofMinutes(10);

  AuthorityCertificates authorities() {
    return new AuthorityCertificates(random, clock);
  }

  Instant now() {
    return clock.instant();
  }

  /**
   * When what is signed here begins: a little in the past, for peers whose clocks are behind, and
   * so that the first end-entity certificates can be back-dated like all later ones.
   */
  Instant beginning() {
    return clock.instant().minus(BACKDATE);
  }
}
