package io.chancery.enrolment;

import io.chancery.inventory.RequestKey;
import io.chancery.x509.SerialNumber;
import io.chancery.x509.Thumbprint;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a request asks, as one hash: two requests with the same hash are the same request. */
final class RequestHash {
  private RequestHash() {}

  static Optional<RequestKey> keyOf(EnrolmentRequest request) {
    return request
        .idempotencyKey()
        .map(key -> new RequestKey(request.caller().name(), key, of(request)));
  }

  /** Line ends cannot stand in any of the parts, so no two requests share a text. */
  static Thumbprint of(EnrolmentRequest request) {
    String text =
        String.join(
            "\n",
            request.owner().value(),
            request.profile().value(),
            request.csr().der().thumbprint().hex(),
            String.join(" ", request.names().stream().map(name -> name.text()).toList()),
            request.validity().map(Object::toString).orElse(""),
            Thumbprint.of(request.contact().getBytes(StandardCharsets.UTF_8)).hex(),
            request.replaces().map(SerialNumber::hex).orElse(""));
    return Thumbprint.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
