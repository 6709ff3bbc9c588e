package io.chancery.access;

import io.chancery.x509.Der;
import io.chancery.x509.Thumbprint;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What a door was shown. */
public sealed interface Credential {
  /** The same for the same credential; tells nothing about it. No proof that it is a good one. */
  default String fingerprint() {
    return switch (this) {
      case None none -> "";
      case ClientCertificate shown -> shown.certificate().thumbprint().hex();
      case Forwarded shown -> Thumbprint.of(shown.text().getBytes(StandardCharsets.UTF_8)).hex();
      case BearerToken shown ->
          Thumbprint.of(shown.secret().text().getBytes(StandardCharsets.UTF_8)).hex();
    };
  }

  /** What proves a key on this connection: a certificate, or a proxy's word for one, or nothing. */
  sealed interface Connection extends Credential {}

  /** Nothing. */
  record None() implements Connection {}

  /**
   * The certificate of a TLS client; the handshake has proven its key.
   *
   * @param above what the client sent with it
   */
  record ClientCertificate(Der certificate, List<Der> above) implements Connection {
    public ClientCertificate {
      above = List.copyOf(above);
    }

    /** One that came with nothing. */
    public ClientCertificate(Der certificate) {
      this(certificate, List.of());
    }
  }

  /**
   * What a TLS client says that it was shown by somebody else. Worth something only where that
   * client is a configured proxy.
   *
   * @param text of the header Client-Cert (RFC 9440 s2.2), or X-Forwarded-Client-Cert
   */
  record Forwarded(ClientCertificate by, String text) implements Connection {}

  /**
   * An enrolment token's secret, or another issuer's token.
   *
   * @param repeats the Idempotency-Key that came with it: a token without uses left may still ask
   *     for the answer to what it was spent on
   * @param beside what the connection shows: a token may be bound to it (RFC 8705 s3)
   */
  record BearerToken(Secret secret, Optional<String> repeats, Connection beside)
      implements Credential {
    /** One that came beside nothing. */
    public BearerToken(Secret secret, Optional<String> repeats) {
      this(secret, repeats, new None());
    }
  }

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
