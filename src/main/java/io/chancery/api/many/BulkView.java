package io.chancery.api.many;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chancery.approval.Proposal;
import io.chancery.revocation.bulk.Bulk;
import io.chancery.revocation.bulk.BulkRevocations;
import io.chancery.revocation.bulk.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A list of certificates that are to be revoked, or were.
 *
 * @param sha256 of the exact list, which is what people approve
 * @param revoked how many of them it has revoked so far
 * @param why it was refused, or does not go on
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record BulkView(
    String id,
    String organization,
    String listedBy,
    Instant listedAt,
    Map<String, String> selection,
    String reason,
    Optional<Instant> invalidityDate,
    Optional<Instant> replaceUntil,
    Optional<Instant> deadline,
    String sha256,
    int size,
    String state,
    Optional<String> why,
    Optional<Instant> approvedAt,
    Optional<Instant> doneAt,
    int revoked,
    int listMillis,
    int stepMillis) {
  static BulkView of(Bulk bulk) {
    Plan plan = bulk.plan();
    return new BulkView(
        bulk.id().toString(),
        bulk.organization().value(),
        bulk.listedBy(),
        bulk.listedAt(),
        bulk.selection().criteria(),
        plan.reason().text(),
        plan.invalidityDate(),
        plan.grace().map(Plan.Grace::replaceUntil),
        plan.grace().map(Plan.Grace::deadline),
        bulk.hash().hex(),
        bulk.size(),
        bulk.state().text(),
        Optional.of(bulk.why()).filter(why -> !why.isEmpty()),
        bulk.progress().approvedAt(),
        bulk.progress().doneAt(),
        bulk.progress().revoked(),
        bulk.progress().listMillis(),
        bulk.progress().stepMillis());
  }

  /**
   * The list with what came of it.
   *
   * @param left how many were not revoked, by why; {@code not-listed} are those that the selection
   *     found when all was done and the list does not have
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record ReportView(
      BulkView bulk,
      Map<String, Long> left,
      Optional<ProposalView> proposal,
      List<SeenView> visibility) {
    static ReportView of(BulkRevocations.Report report) {
      return new ReportView(
          BulkView.of(report.bulk()),
          report.left(),
          report.proposal().map(ProposalView::of),
          report.seen().stream()
              .map(seen -> new SeenView(seen.channel(), seen.count(), seen.last()))
              .toList());
    }
  }

  /** Where people decide. */
  public record ProposalView(String id, String state, int need, Instant expires, String outcome) {
    static ProposalView of(Proposal proposal) {
      return new ProposalView(
          proposal.id().toString(),
          proposal.state().name().toLowerCase(Locale.ROOT),
          proposal.terms().need(),
          proposal.terms().expires(),
          proposal.outcome());
    }
  }

  /** How many of the list's certificates a channel shows, and since when the last of them. */
  public record SeenView(String channel, long count, Instant last) {}
}
