package io.chancery.approval;

import io.chancery.warrant.Deed;
import io.chancery.warrant.Warrant;

/**
 * How a deed is done once it is approved; a bean for each deed, found by its type.
 *
 * <p>The warrant was checked a moment before; whatever the deed signs with a key of the authority
 * is checked once more where that key is.
 */
public interface Execution {
  Deed deed();

  /**
   * What must happen before, with no transaction open: whatever asks the token. A crash leaves it
   * to the job, so doing it again must change nothing.
   */
  default void prepare(Proposal proposal, Warrant warrant) {}

  /**
   * The deed, in the transaction that closes the proposal: both are kept or neither is, and it is
   * done once.
   *
   * @return what came of it, for the roll and for people
   */
  String carryOut(Proposal proposal, Warrant warrant);

  /** Nothing will come of it; in the transaction that says so. */
  default void giveUp(Proposal proposal, String why) {}
}
