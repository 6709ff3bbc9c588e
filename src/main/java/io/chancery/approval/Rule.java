package io.chancery.approval;

import java.time.Duration;
import java.util.Set;

/**
 * What a deed takes.
 *
 * @param approvals how many persons beside the proposer; none where nobody need be asked
 * @param within how long a proposal waits
 * @param approvers the persons among whom they must be; empty for everyone with the role
 */
public record Rule(int approvals, Duration within, Set<String> approvers) {
  public Rule {
    approvers = Set.copyOf(approvers);
  }
}
