package io.chancery.approval;

import io.chancery.warrant.SigningSwitch;
import java.time.Instant;
import java.util.UUID;

/** Signing has stopped until two persons let it go on. */
public record Standstill(UUID id, String by, Instant at, String reason) {
  SigningSwitch.Halt halt() {
    return new SigningSwitch.Halt(by, at, reason);
  }
}
