package io.chancery.profile;

import io.chancery.PkiException;
import io.chancery.Quoted;
import io.chancery.x509.SubjectAltName;
import java.util.Optional;

/**
 * A free common name that reads as a host, an address, a URI or a mailbox must be allowed like one:
 * whoever reads the subject would take it for a proven name.
 */
record NameInSubjectRule() implements Rule {
  @Override
  public String name() {
    return "name-in-subject";
  }

  @Override
  public Verdict judge(Draft draft) {
    return switch (draft.profile().names().commonName()) {
      // It is one of the names then, and judged as such.
      case IS_A_NAME -> accepted();
      case FREE ->
          draft
              .request()
              .csr()
              .subject()
              .commonName()
              .flatMap(NameInSubjectRule::reading)
              .filter(name -> !draft.request().allowance().covers(name))
              .map(name -> refusal(draft, name))
              .orElseGet(this::accepted);
    };
  }

  private Verdict refusal(Draft draft, SubjectAltName name) {
    return refused(
        "the common name reads as "
            + Quoted.of(name.text())
            + ", which this organization may not hold",
        "use a common name that is no host name, address, URI or mailbox; "
            + NameAllowedRule.remedy(draft.request().allowance()));
  }

  /** A name that a program might take this text for; a single word is none. */
  private static Optional<SubjectAltName> reading(String text) {
    try {
      if (text.contains("@")) {
        return Optional.of(new SubjectAltName.Email(text));
      }
      if (text.contains("://") || text.regionMatches(true, 0, "urn:", 0, 4)) {
        return Optional.of(new SubjectAltName.Uri(text));
      }
      return text.contains(".") || text.contains(":") ? Draft.host(text) : Optional.empty();
    } catch (PkiException none) {
      return Optional.empty();
    }
  }
}
