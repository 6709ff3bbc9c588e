package io.chancery.revocation.bulk;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.approval.Approvals;
import io.chancery.approval.Draft;
import io.chancery.approval.Proposal;
import io.chancery.inventory.Transactions;
import io.chancery.inventory.mass.MassRevocation;
import io.chancery.inventory.mass.Match;
import io.chancery.inventory.mass.Matches;
import io.chancery.inventory.mass.Radius;
import io.chancery.inventory.mass.Selection;
import io.chancery.ledger.Ledger;
import io.chancery.warrant.Deed;
import io.chancery.warrant.ExactBytes;
import io.chancery.x509.Thumbprint;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Many certificates at once: who would be hit, the list that people approve, a drill, and what
 * became of lists. Whoever does not act for all organizations sees and hits those of their own.
 */
@Singleton
public final class BulkRevocations {
  /** More than that in one transaction would keep others waiting: take a narrower selection. */
  public static final int MOST = 10_000;

  private static final int MOST_LISTS = 200;

  private final BulkRows rows;
  private final Matches matches;
  private final Step step;
  private final Approvals approvals;
  private final Ledger ledger;
  private final Transactions transactions;
  private final InstantSource clock;

  @Inject
  BulkRevocations(
      BulkRows rows,
      Matches matches,
      Step step,
      Approvals approvals,
      Ledger ledger,
      Transactions transactions,
      InstantSource clock) {
    this.rows = rows;
    this.matches = matches;
    this.step = step;
    this.approvals = approvals;
    this.ledger = ledger;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Who would be hit now.
   *
   * @param fingerprint of the serials, for a list that must hold these and no others; empty where
   *     they are too many for one list
   * @param next where the next page begins
   */
  public record Preview(
      Selection selection,
      Radius radius,
      Optional<Thumbprint> fingerprint,
      List<Match> page,
      Optional<String> next) {
    public Preview {
      page = List.copyOf(page);
    }
  }

  /** What a drill did and took back, and what each part took. */
  public record Drill(
      int size,
      int revoked,
      int withSuccessor,
      Thumbprint fingerprint,
      int selectMillis,
      int listMillis,
      int stepMillis) {}

  /**
   * How many of a list's certificates a channel shows as they are now.
   *
   * @param last when the last of them became visible there
   */
  public record Seen(String channel, long count, Instant last) {}

  /** What came of a list besides what it has revoked, and where that can be seen. */
  public record Report(
      Bulk bulk, Map<String, Long> left, Optional<Proposal> proposal, List<Seen> seen) {}

  public Preview preview(Caller caller, Selection asked, String after, int limit) {
    Selection selection = within(caller, asked);
    Instant now = clock.instant();
    return transactions.call(
        () -> {
          List<Match> found = matches.page(selection, now, after, limit + 1);
          List<Match> page = found.subList(0, Math.min(limit, found.size()));
          List<String> serials = matches.serials(selection, now, MOST + 1);
          return new Preview(
              selection,
              matches.radius(selection, now),
              serials.isEmpty() || serials.size() > MOST
                  ? Optional.empty()
                  : Optional.of(fingerprint(serials)),
              page,
              found.size() > limit ? Optional.of(page.getLast().serial()) : Optional.empty());
        });
  }

  /**
   * Writes down the exact list and asks for approval of its octets.
   *
   * @param expected the fingerprint of a preview, where the list must be what it showed
   */
  public Bulk list(
      Caller caller, Selection asked, Plan plan, Optional<Thumbprint> expected, String comment) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    plan.mustFit(now);
    Made made = made(caller, within(caller, asked), plan, now);
    expected
        .filter(shown -> !shown.equals(fingerprint(made.list().serials())))
        .ifPresent(
            other -> {
              throw new Failure.Conflict(
                      "the selection",
                      "finds other certificates than the preview showed",
                      "look at a new preview")
                  .thrown();
            });
    transactions.run(
        () -> {
          rows.add(made.bulk(), made.text());
          ledger.append(BulkEvents.listed(made.bulk()));
          approvals.proposeWithin(caller, draft(made, comment));
        });
    return transactions.call(() -> rows.find(made.bulk().id())).orElseThrow();
  }

  /**
   * Everything but the approval, in a transaction that is taken back: what it would revoke, and how
   * long it would take. Its rows are locked for as long.
   */
  public Drill drill(Caller caller, Selection asked, Plan plan) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    plan.mustFit(now);
    Made made = made(caller, within(caller, asked), plan, now);
    try {
      transactions.run(
          () -> {
            throw new TakenBack(step.rehearse(made.bulk(), made.list(), made.text()));
          });
      throw new IllegalStateException("a drill must not commit");
    } catch (TakenBack rehearsed) {
      return new Drill(
          made.list().serials().size(),
          rehearsed.result.revoked(),
          rehearsed.result.withSuccessor(),
          fingerprint(made.list().serials()),
          made.selectMillis(),
          made.bulk().progress().listMillis() - made.selectMillis(),
          rehearsed.result.millis());
    }
  }

  /** The newest first. */
  public List<Bulk> all(Caller caller) {
    return transactions.call(
        () ->
            caller.readsAll()
                ? rows.newest(MOST_LISTS)
                : rows.newest(caller.organization(), MOST_LISTS));
  }

  public Report report(Caller caller, UUID id) {
    Optional<Proposal> proposal = approvals.about(Deed.BULK_REVOCATION, id.toString());
    return transactions.call(
        () -> {
          Bulk bulk = readable(caller, id);
          List<Seen> seen =
              bulk.progress().revoked() == 0
                  ? List.of()
                  : rows.seen(serials(rows.list(id)), bulk.progress().approvedAt());
          return new Report(bulk, rows.leftCounts(id), proposal, seen);
        });
  }

  /** The exact octets that are approved; empty where a replay of the roll knows their hash only. */
  public String text(Caller caller, UUID id) {
    return transactions.call(() -> rows.list(readable(caller, id).id()));
  }

  /** What was not revoked and why, in serial order. */
  public List<MassRevocation.Left> left(Caller caller, UUID id, String after, int limit) {
    return transactions.call(() -> rows.left(readable(caller, id).id(), after, limit));
  }

  private record Made(Bulk bulk, ExactList list, String text, int selectMillis) {}

  private Made made(Caller caller, Selection selection, Plan plan, Instant now) {
    long start = System.nanoTime();
    List<String> serials = transactions.call(() -> matches.serials(selection, now, MOST + 1));
    if (serials.isEmpty()) {
      throw new Failure.Refused(
              "bulk-selection",
              "the selection finds no certificate that can be revoked",
              "look at its preview")
          .thrown();
    }
    if (serials.size() > MOST) {
      throw new Failure.TooLarge("what the selection finds", MOST, "certificates").thrown();
    }
    int selectMillis = millisSince(start);
    ExactList list = new ExactList(UUID.randomUUID(), selection, plan, serials);
    String text = list.text();
    Thumbprint hash = ExactList.hash(text);
    Bulk bulk =
        new Bulk(
            list.id(),
            actsForAll(caller) ? OrganizationId.AUTHORITY : caller.organization(),
            caller.name(),
            now,
            selection,
            plan,
            hash,
            serials.size(),
            Bulk.State.LISTED,
            "",
            Bulk.Progress.listed(millisSince(start)));
    return new Made(bulk, list, text, selectMillis);
  }

  /** Nobody is told that another organization exists. */
  private static Selection within(Caller caller, Selection asked) {
    if (actsForAll(caller)) {
      return asked;
    }
    asked
        .organization()
        .filter(other -> !caller.mayReach(other))
        .ifPresent(
            other -> {
              throw new Failure.NotFound("organization", other.value()).thrown();
            });
    return asked.of(caller.organization());
  }

  private static boolean actsForAll(Caller caller) {
    return caller.actsForAll() && caller.operates();
  }

  private static Draft draft(Made made, String comment) {
    Bulk bulk = made.bulk();
    Plan plan = bulk.plan();
    String when =
        plan.grace()
            .map(
                grace ->
                    "with a successor at " + grace.replaceUntil() + ", all at " + grace.deadline())
            .orElse("at once");
    return new Draft(
        Deed.BULK_REVOCATION,
        bulk.id().toString(),
        bulk.organization(),
        ExactBytes.of(ExactList.octets(made.text())),
        "revoke "
            + bulk.size()
            + " certificates ("
            + bulk.selection().text().replace("\n", ", ")
            + ") for "
            + plan.reason().text()
            + ", "
            + when,
        comment);
  }

  private Bulk readable(Caller caller, UUID id) {
    return rows.find(id)
        .filter(bulk -> caller.mayRead(bulk.organization()))
        .orElseThrow(() -> new Failure.NotFound("bulk revocation", id.toString()).thrown());
  }

  /** They stand behind the empty line. */
  private static List<String> serials(String list) {
    return list.lines().dropWhile(line -> !line.isEmpty()).skip(1).toList();
  }

  private static Thumbprint fingerprint(List<String> serials) {
    return ExactList.hash(String.join("\n", serials));
  }

  private static int millisSince(long start) {
    return Math.toIntExact(Duration.ofNanos(System.nanoTime() - start).toMillis());
  }

  /** Ends a drill's transaction without a commit. */
  private static final class TakenBack extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Step.Rehearsed result;

    TakenBack(Step.Rehearsed result) {
      super("a drill", null, false, false);
      this.result = result;
    }
  }
}
