package io.chancery.approval;

import io.chancery.Failure;
import io.chancery.inventory.Transactions;
import io.chancery.warrant.Deed;
import io.chancery.warrant.Verdict;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The emergency: one person has something done alone, with a reason, and everyone is told. There is
 * no second time, for anyone, before another person has looked at the first.
 */
@Singleton
public final class Glass {
  private final GlassRows rows;
  private final Endorsements endorsements;
  private final Approvals approvals;
  private final Carrying carrying;
  private final Transactions transactions;
  private final InstantSource clock;

  @Inject
  Glass(
      GlassRows rows,
      Endorsements endorsements,
      Approvals approvals,
      Carrying carrying,
      Transactions transactions,
      InstantSource clock) {
    this.rows = rows;
    this.endorsements = endorsements;
    this.approvals = approvals;
    this.carrying = carrying;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Carries the proposal out on one signature; the word's comment is the reason. */
  public Proposal breakFor(UUID id, Endorsements.Word word) {
    if (word.comment().isBlank()) {
      throw new Failure.Malformed("reason", "", "is missing", "docs/approvals.md").thrown();
    }
    Proposal proposal = endorsements.checked(id, Verdict.BREAK_GLASS, word);
    Deed deed = proposal.terms().deed();
    if (!deed.mayBreakGlass()) {
      throw new Failure.Refused(
              "break-glass",
              deed + " is never done by one person alone",
              "have it approved; see docs/approvals.md")
          .thrown();
    }
    transactions.run(
        () -> {
          rows.unreviewed().ifPresent(first -> refuse(first.proposal));
          ProposalRow row = endorsements.pending(id);
          endorsements.write(proposal, Verdict.BREAK_GLASS, word);
          // Of two at once the table's index lets one through.
          rows.persistAndFlush(
              GlassRow.of(id, approvals.personOf(word.caller()), word.comment(), now()));
          row.state = Proposal.State.APPROVED.name();
        });
    carrying.tryNow(id);
    return approvals.visible(word.caller(), id);
  }

  /** Another person has looked at what was done. */
  public BrokenGlass review(UUID id, Endorsements.Word word) {
    Proposal proposal = endorsements.checked(id, Verdict.REVIEW, word);
    String person = approvals.personOf(word.caller());
    return transactions.call(
        () -> {
          GlassRow row =
              rows.findByIdOptional(id)
                  .orElseThrow(() -> new Failure.NotFound("broken glass", id.toString()).thrown());
          if (row.person.equals(person)) {
            throw new Failure.Refused(
                    "break-glass",
                    "whoever broke the glass cannot review it",
                    "another person must look at what was done")
                .thrown();
          }
          if (row.reviewedAt != null) {
            throw new Failure.Conflict(
                    "broken glass " + id, "was reviewed at " + row.reviewedAt, "nothing is to do")
                .thrown();
          }
          endorsements.write(proposal, Verdict.REVIEW, word);
          row.reviewedBy = person;
          row.reviewedAt = now();
          return row.glass();
        });
  }

  /** What waits for a review. */
  public Optional<BrokenGlass> unreviewed() {
    return transactions.call(() -> rows.unreviewed().map(GlassRow::glass));
  }

  /** The newest first. */
  public List<BrokenGlass> newest(int most) {
    return transactions.call(() -> rows.newest(most).stream().map(GlassRow::glass).toList());
  }

  /** What was done alone on this proposal. */
  public Optional<BrokenGlass> of(UUID id) {
    return transactions.call(() -> rows.findByIdOptional(id).map(GlassRow::glass));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static void refuse(UUID first) {
    throw new Failure.Conflict(
            "the glass",
            "was broken for proposal " + first + " and nobody has reviewed that",
            "have another person review it, or have this approved")
        .thrown();
  }
}
