package io.chancery.profile;

import io.chancery.Quoted;
import io.chancery.x509.SubjectAltName;
import java.util.Optional;

/**
 * Where the profile says that a common name is a name, it must be one of the names: some programs
 * still read it as one (RFC 9525 s6.3 forbids it), and what they read must have been authorised.
 */
record CommonNameRule() implements Rule {
  @Override
  public String name() {
    return "common-name";
  }

  @Override
  public Verdict judge(Draft draft) {
    return switch (draft.profile().names().commonName()) {
      case FREE -> accepted();
      case IS_A_NAME ->
          draft
              .request()
              .csr()
              .subject()
              .commonName()
              .map(commonName -> isOneOf(draft, commonName))
              .orElseGet(this::accepted);
    };
  }

  private Verdict isOneOf(Draft draft, String commonName) {
    Optional<SubjectAltName> host = Draft.host(commonName);
    boolean found =
        draft.names().stream()
            .anyMatch(name -> name.value().equals(commonName) || host.equals(Optional.of(name)));
    if (found) {
      return accepted();
    }
    if (draft.names().isEmpty()) {
      return refused(
          "the common name "
              + Quoted.of(commonName)
              + " is no host name and no address, and the request has no other names",
          "put the names into the request, such as: " + Wording.opensslRequest(draft));
    }
    return refused(
        "the common name "
            + Quoted.of(commonName)
            + " is none of the names "
            + Wording.names(draft.names()),
        "take it out of the subject, add it to the names, or use one of them as the common name");
  }
}
