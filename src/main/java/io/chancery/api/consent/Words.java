package io.chancery.api.consent;

import io.chancery.Failure;
import io.chancery.Quoted;
import io.chancery.access.Credential;
import io.chancery.api.Callers;
import io.chancery.api.Credentials;
import io.chancery.api.OneLine;
import io.chancery.approval.Endorsements;
import io.chancery.x509.Der;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a request says, and with which certificate its connection was made. */
@RequestScoped
class Words {
  @Inject Callers callers;
  @Inject Credentials credentials;

  /** A signed word; only over a connection that shows the certificate that signed it. */
  Endorsements.Word signed(@Nullable String jws, @Nullable String comment) {
    return new Endorsements.Word(
        callers.current(), certificate(), present("jws", jws), comment(comment));
  }

  private Der certificate() {
    if (credentials.shown() instanceof Credential.ClientCertificate shown) {
      return shown.certificate();
    }
    throw new Failure.Forbidden("this signature", "the connection to show the signer's certificate")
        .thrown();
  }

  static String comment(@Nullable String text) {
    return text == null ? "" : OneLine.of("comment", text);
  }

  static String present(String name, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new Failure.Malformed(name, "", "is missing", "Chancery API").thrown();
    }
    return value;
  }

  static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException none) {
      throw new Failure.NotFound("proposal", Quoted.of(text)).because(none);
    }
  }
}
