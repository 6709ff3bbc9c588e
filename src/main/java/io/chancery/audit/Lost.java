package io.chancery.audit;

import io.chancery.audit.report.FindingKind;
import io.chancery.audit.report.Findings;

/** Leaves that are gone, told as runs: one finding for all that stand side by side. */
final class Lost {
  private final Findings findings;
  private long first = -1;
  private long next = -1;
  private String what = "";

  Lost(Findings findings) {
    this.findings = findings;
  }

  /** This leaf is gone; {@code how} is the same text for all of a run. */
  void leaf(long leaf, String how) {
    if (leaf != next || !how.equals(what)) {
      end();
      first = leaf;
      what = how;
    }
    next = leaf + 1;
  }

  void leaves(long from, long to, String how) {
    if (from < to) {
      leaf(from, how);
      next = to;
    }
  }

  void end() {
    if (first >= 0) {
      String which =
          next - first == 1 ? "" : " (" + (next - first) + " leaves up to " + (next - 1) + ")";
      findings.at(first, FindingKind.ENTRY_MISSING, what + which);
    }
    first = -1;
    next = -1;
  }
}
