package io.chancery.profile;

import io.chancery.Quoted;
import io.chancery.x509.DistinguishedName;
import io.chancery.x509.DistinguishedName.Attribute;
import java.util.List;
import java.util.Set;

/**
 * Every attribute of the request's subject will stand in the certificate. One that the profile does
 * not take is refused and not dropped: a client that asked for {@code OU=payments} and finds it
 * gone would learn so from an outage. One that the profile sets anyway may be repeated.
 */
record SubjectAttributesRule() implements Rule {
  /** What a {@link DistinguishedName} may hold, the fixed ones included. */
  private static final int MOST = 16;

  @Override
  public String name() {
    return "subject-attributes";
  }

  @Override
  public Verdict judge(Draft draft) {
    SubjectRule subject = draft.profile().subject();
    List<Attribute> asked = draft.request().csr().subject().attributes();
    List<String> surplus =
        asked.stream()
            .filter(one -> !subject.fromRequest().contains(one.type()))
            .filter(one -> !subject.fixed().attributes().contains(one))
            .map(SubjectAttributesRule::text)
            .toList();
    if (!surplus.isEmpty()) {
      return refused(
          "the subject holds "
              + Wording.list(surplus)
              + ", which profile "
              + draft.profile().name()
              + " does not take from a request",
          remedy(draft));
    }
    return draft.attributes().size() > MOST
        ? refused("the subject would hold more than " + MOST + " attributes", "ask for fewer")
        : accepted();
  }

  private static String remedy(Draft draft) {
    Set<DistinguishedName.Type> taken = draft.profile().subject().fromRequest();
    if (taken.isEmpty()) {
      return "make the request with an empty subject: openssl req -new -key key.pem -subj / ...";
    }
    String only =
        "make the request with only "
            + Wording.sorted(taken.stream().map(DistinguishedName.Type::text).toList());
    return taken.contains(DistinguishedName.Type.CN)
        ? only + " in the subject, such as: " + Wording.opensslRequest(draft)
        : only + " in the subject";
  }

  private static String text(Attribute attribute) {
    return attribute.type().text() + "=" + Quoted.of(attribute.value());
  }
}
