package io.chancery.access;

import io.chancery.x509.Der;
import io.chancery.x509.Thumbprint;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a door was shown. */
public sealed interface Credential {
  /** The same for the same credential; tells nothing about it. No proof that it is a good one. */
  default String fingerprint() {
    return switch (this) {
      case None none -> "";
      case ClientCertificate shown -> shown.certificate().thumbprint().hex();
      case BearerToken shown ->
          Thumbprint.of(shown.secret().text().getBytes(StandardCharsets.UTF_8)).hex();
    };
  }

  /** Nothing. */
  record None() implements Credential {}

  /** The certificate of a TLS client; the handshake has proven its key. */
  record ClientCertificate(Der certificate) implements Credential {}

  /**
   * An enrolment token's secret.
   *
   * @param repeats the Idempotency-Key that came with it: a token without uses left may still ask
   *     for the answer to what it was spent on
   */
  record BearerToken(Secret secret, Optional<String> repeats) implements Credential {}

  /** A text that never shows itself. */
  final class Secret {
    private final String text;

    public Secret(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }

    @Override
    public String toString() {
      return "Secret";
    }
  }
}
