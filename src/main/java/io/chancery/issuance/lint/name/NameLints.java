package io.chancery.issuance.lint.name;

import io.chancery.issuance.lint.Lint;
import java.util.List;

/** The rules on names: those on the subject first, then those on the alternative names. */
public final class NameLints {
  private static final List<Lint> ANY =
      List.of(new SubjectBounds(), new SubjectStringTypes(), new NameConstraintsHold());
  private static final List<Lint> END_ENTITY =
      List.of(
          new SubjectOrCriticalSan(),
          new SanNotCriticalBesideSubject(),
          new SanPresent(),
          new SanNoDuplicates(),
          new SanKinds(),
          new DnsSyntax(),
          new DnsWildcardLeftmost(),
          new DnsNotAddress(),
          new IpOctets(),
          new UriAbsolute(),
          new EmailAscii());

  private NameLints() {}

  /** Asked of every certificate. */
  public static List<Lint> ofAny() {
    return ANY;
  }

  /** Asked of an end entity's besides. */
  public static List<Lint> ofEndEntity() {
    return END_ENTITY;
  }
}
