package io.chancery.enrolment;

import io.chancery.OrganizationId;
import io.chancery.x509.SubjectAltName;
import io.chancery.x509.Thumbprint;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Whose asking the brake counts together: an owner, a profile, and a set of names.
 *
 * @param names sorted; the subject where a request has no names; empty for whatever names
 */
record Client(OrganizationId owner, String profile, List<String> names) {
  static Client of(EnrolmentRequest request) {
    List<SubjectAltName> names =
        request.names().isEmpty() ? request.csr().names() : request.names();
    return new Client(
        request.owner(),
        request.profile().value(),
        names.isEmpty()
            ? List.of("subject:" + request.csr().subject().text())
            : names.stream().map(SubjectAltName::text).distinct().sorted().toList());
  }

  Client whateverNames() {
    return new Client(owner, profile, List.of());
  }

  /** Line ends cannot stand in any of the parts, so no two clients share a text. */
  String hash() {
    String text = String.join("\n", owner.value(), profile, String.join("\n", names));
    return Thumbprint.of(text.getBytes(StandardCharsets.UTF_8)).hex();
  }

  String text() {
    return "organization "
        + owner
        + " with profile "
        + profile
        + (names.isEmpty() ? "" : " and " + String.join(" ", names));
  }
}
