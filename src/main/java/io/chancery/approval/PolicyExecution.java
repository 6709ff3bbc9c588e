package io.chancery.approval;

import io.chancery.warrant.Deed;
import io.chancery.warrant.Warrant;
import jakarta.inject.Singleton;

/**
 * A new policy. That its proposal is carried out is all there is: {@link Policy} reads it from
 * there, with the signatures.
 */
@Singleton
final class PolicyExecution implements Execution {
  @Override
  public Deed deed() {
    return Deed.POLICY;
  }

  @Override
  public String carryOut(Proposal proposal, Warrant warrant) {
    return PolicyText.read(proposal.exact().octets()).size() + " deeds have a rule of their own";
  }
}
