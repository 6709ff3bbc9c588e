package io.chancery.revocation;

import io.chancery.Caller;
import io.chancery.inventory.RequestKey;
import io.chancery.ledger.EventKind;
import io.chancery.x509.RevocationReason;
import io.chancery.x509.SerialNumber;
import io.chancery.x509.Thumbprint;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody wants another status for a certificate.
 *
 * @param key binds the Idempotency-Key to what is asked, where one was sent
 * @param deed the event that it will be on the roll
 */
record StatusRequest(Caller caller, SerialNumber serial, EventKind deed, Optional<RequestKey> key) {
  static StatusRequest revoke(
      Caller caller,
      SerialNumber serial,
      RevocationReason reason,
      Optional<Instant> invalidityDate,
      Optional<String> key) {
    String date = invalidityDate.map(Instant::toString).orElse("");
    return new StatusRequest(
        caller,
        serial,
        reason == RevocationReason.CERTIFICATE_HOLD
            ? EventKind.CERTIFICATE_HELD
            : EventKind.CERTIFICATE_REVOKED,
        key.map(text -> bound(caller, text, "revoke", serial.hex(), reason.text(), date)));
  }

  static StatusRequest release(Caller caller, SerialNumber serial, Optional<String> key) {
    return new StatusRequest(
        caller,
        serial,
        EventKind.CERTIFICATE_RELEASED,
        key.map(text -> bound(caller, text, "release", serial.hex())));
  }

  /** Line ends cannot stand in any of the parts, so no two requests share a text. */
  private static RequestKey bound(Caller caller, String key, String... parts) {
    byte[] text = String.join("\n", parts).getBytes(StandardCharsets.UTF_8);
    return new RequestKey(caller.name(), key, Thumbprint.of(text));
  }
}
