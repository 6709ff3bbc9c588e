package io.chancery.api;

import io.chancery.ledger.EventKind;
import io.chancery.ledger.Proofs;
import io.chancery.x509.SerialNumber;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.Optional;

/** A client that prefers to wait gets the proof with its certificate. */
@RequestScoped
class AwaitedProof {
  static final String APPLIED = "Preference-Applied";

  @Inject Proofs proofs;
  @Inject Queue queue;

  /** Empty where it was not asked for, or no checkpoint came in time. */
  Optional<Proofs.Proof> of(SerialNumber serial, HttpHeaders headers) {
    Optional<Duration> wait = Preferences.waiting(headers.getHeaderString("Prefer"));
    // Whoever only waits makes room for those who have work.
    wait.ifPresent(most -> queue.leave());
    return wait.flatMap(most -> proofs.await(EventKind.CERTIFICATE_ISSUED, serial.hex(), most));
  }
}
