package io.chancery.issuance.lint.extension;

import io.chancery.issuance.lint.Lint;
import java.util.List;

/** The rules on extensions: those that any certificate has, then those of end entities. */
public final class ExtensionLints {
  private static final List<Lint> ANY =
      List.of(
          new ExtensionsOnce(),
          new ExtensionsKnown(),
          new ExtensionsNotCritical(),
          new AkiNamesIssuer(),
          new SkiRight(),
          new KeyUsagePresent(),
          new KeyUsageFitsKey());
  private static final List<Lint> END_ENTITY =
      List.of(
          new KeyUsageNotOfAuthority(),
          new BasicConstraintsEndEntity(),
          new EkuPresent(),
          new EkuNotAny(),
          new EkuOcspAlone(),
          new CdpAddress(),
          new FreshestAddress(),
          new AiaAddress(),
          new NoRevAvailAlone());

  private ExtensionLints() {}

  /** Asked of every certificate. */
  public static List<Lint> ofAny() {
    return ANY;
  }

  /** Asked of an end entity's besides. */
  public static List<Lint> ofEndEntity() {
    return END_ENTITY;
  }
}
