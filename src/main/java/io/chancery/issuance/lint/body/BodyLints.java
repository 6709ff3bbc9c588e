package io.chancery.issuance.lint.body;

import io.chancery.issuance.lint.Lint;
import java.util.List;

/** The rules on the fields, in the order of RFC 5280 s4.1.2. */
public final class BodyLints {
  private static final List<Lint> ALL =
      List.of(
          new Version3(),
          new SerialFits(),
          new SerialEntropy(),
          new SignatureAlgorithmSame(),
          new SignatureAlgorithmStrong(),
          new IssuerNameSame(),
          new ValidityOrder(),
          new ValidityWithinIssuer(),
          new ValidityTimeType(),
          new ValidityTimeForm(),
          new KeyStrength(),
          new KeyEncoding(),
          new DerCanonical());

  private BodyLints() {}

  public static List<Lint> all() {
    return ALL;
  }
}
