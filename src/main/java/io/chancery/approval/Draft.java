package io.chancery.approval;

import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.warrant.Deed;
import io.chancery.warrant.ExactBytes;
import java.util.OptionalInt;

/**
 * What somebody wants to have approved.
 *
 * @param subject what it is about, as the roll names it: a serial, a profile's name
 * @param organization whose it is; it and who acts for all may see the proposal
 * @param exact what is approved, and nothing else
 * @param summary for the people who decide: what the octets say
 * @param comment the proposer's
 * @param need how many must approve; empty for what the policy says
 */
public record Draft(
    Deed deed,
    String subject,
    OrganizationId organization,
    ExactBytes exact,
    String summary,
    String comment,
    OptionalInt need) {
  private static final int LONGEST_SUMMARY = 4_000;
  private static final int LONGEST_COMMENT = 1_000;
  private static final int LARGEST = 16 << 20;

  public Draft {
    mustFit("summary", summary.length(), LONGEST_SUMMARY, "characters");
    mustFitComment(comment);
    mustFit("what is to be approved", exact.length(), LARGEST, "octets");
  }

  /** For as many approvals as the policy says. */
  public Draft(
      Deed deed,
      String subject,
      OrganizationId organization,
      ExactBytes exact,
      String summary,
      String comment) {
    this(deed, subject, organization, exact, summary, comment, OptionalInt.empty());
  }

  static void mustFitComment(String comment) {
    mustFit("comment", comment.length(), LONGEST_COMMENT, "characters");
  }

  private static void mustFit(String what, long length, long limit, String unit) {
    if (length > limit) {
      throw new Failure.TooLarge(what, limit, unit).thrown();
    }
  }
}
