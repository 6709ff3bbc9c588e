package io.chancery.profile;

/** Somebody is named: by a name, or by the subject (RFC 5280 s4.1.2.6 and s4.2.1.6). */
record IdentityRule() implements Rule {
  @Override
  public String name() {
    return "identity";
  }

  @Override
  public Verdict judge(Draft draft) {
    return draft.names().isEmpty() && draft.attributes().isEmpty()
        ? refused(
            "the certificate would name nobody: it has no names and an empty subject",
            "put a common name into the request: openssl req -new -key key.pem -subj '/CN=...'")
        : accepted();
  }
}
