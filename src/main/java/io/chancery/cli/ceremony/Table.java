package io.chancery.cli.ceremony;

import io.chancery.issuance.AuthorityCertificates;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;

/** What lies on the table during a ceremony. */
record Table(
    CeremonySpec spec,
    Papers papers,
    Transcript transcript,
    InstantSource clock,
    SecureRandom random) {
  AuthorityCertificates authorities() {
    return new AuthorityCertificates(random, clock);
  }

  Instant now() {
    return clock.instant();
  }
}
