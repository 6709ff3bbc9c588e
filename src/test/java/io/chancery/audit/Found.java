package io.chancery.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.audit.report.Finding;
import io.chancery.audit.report.FindingKind;
import io.chancery.audit.report.Report;
import java.util.List;
import java.util.OptionalLong;

/** What a test says of a report. */
final class Found {
  private Found() {}

  /** Exactly this kind of finding, and no other, first at this leaf. */
  static void only(Report report, FindingKind kind, long leaf) {
    assertThat(report.findings()).as("%s", report.findings()).isNotEmpty();
    assertThat(report.counts()).as("%s", report.findings()).containsOnlyKeys(kind);
    assertThat(report.findings().getFirst().leaf())
        .as("%s", report.findings())
        .isEqualTo(OptionalLong.of(leaf));
  }

  /** At least this finding at this leaf. */
  static void at(Report report, FindingKind kind, long leaf) {
    assertThat(report.findings())
        .as("%s", report.findings())
        .anyMatch(one -> one.kind() == kind && one.leaf().equals(OptionalLong.of(leaf)));
  }

  static void nowhere(Report report, FindingKind kind) {
    assertThat(report.findings())
        .as("%s", report.findings())
        .anyMatch(one -> one.kind() == kind && one.leaf().isEmpty());
  }

  /** The first finding, which is the most important one. */
  static Finding first(Report report) {
    List<Finding> findings = report.findings();
    assertThat(findings).isNotEmpty();
    return findings.getFirst();
  }
}
