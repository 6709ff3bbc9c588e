package io.chancery.issuance.lint.authority;

import io.chancery.issuance.lint.Lint;
import java.util.List;

/** The rules that only a certificate of an authority is asked. */
public final class AuthorityLints {
  private static final List<Lint> ALL =
      List.of(
          new CaBasicConstraints(),
          new CaPathLength(),
          new CaKeyUsage(),
          new CaSubjectNamed(),
          new CaNameConstraints(),
          new CaCanBeRevoked());

  private AuthorityLints() {}

  public static List<Lint> all() {
    return ALL;
  }
}
