package io.chancery.revocation.bulk;

import io.chancery.Failure;
import io.chancery.approval.Approvals;
import io.chancery.inventory.Transactions;
import io.chancery.inventory.mass.MassRevocation;
import io.chancery.inventory.mass.Matches;
import io.chancery.inventory.mass.Successors;
import io.chancery.ledger.Event;
import io.chancery.ledger.Ledger;
import io.chancery.warrant.Deed;
import io.chancery.warrant.Register;
import io.chancery.warrant.Warrant;
import io.chancery.x509.Thumbprint;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The step: in one transaction the certificates, what CRLs list, the changes that OCSP follows, an
 * entry on the roll for each, and the list's own row. A crash before the commit leaves nothing of
 * it, and whoever comes next begins again; after the commit there is nothing left to do.
 *
 * <p>What is done is read from the list alone, whose hash was approved; the columns beside it are
 * for finding and showing.
 */
@Singleton
final class Step {
  private static final String NO_SUCCESSOR = "no-successor";

  /** Of certificates that match now and are not on the list, no more are told. */
  private static final int MOST_TOLD = 1_000;

  private final BulkRows rows;
  private final MassRevocation mass;
  private final Matches matches;
  private final Successors successors;
  private final Approvals approvals;
  private final Register register;
  private final Ledger ledger;
  private final InstantSource clock;

  @Inject
  Step(
      BulkRows rows,
      MassRevocation mass,
      Matches matches,
      Successors successors,
      Approvals approvals,
      Register register,
      Ledger ledger,
      InstantSource clock) {
    this.rows = rows;
    this.mass = mass;
    this.matches = matches;
    this.successors = successors;
    this.approvals = approvals;
    this.register = register;
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * People have approved octets of this hash. Revokes, or lets the time for replacements begin.
   *
   * @return in words, what was done
   */
  String approved(UUID id, Thumbprint approved) {
    Transactions.mustBeOpen();
    Bulk bulk = locked(id);
    if (bulk.state() != Bulk.State.LISTED) {
      return "nothing: it is " + bulk.state().text() + " already";
    }
    ExactList list = list(bulk, approved);
    Instant now = now();
    if (list.plan().grace().isPresent()) {
      rows.replacing(id, now);
      ledger.append(BulkEvents.stepped(bulk, 0, now));
      return "owners have until " + list.plan().grace().get().replaceUntil() + " for successors";
    }
    int revoked = revoke(bulk, list, list.serials(), now);
    finish(bulk, list, revoked, now);
    return revoked + " of " + list.serials().size() + " certificates were revoked";
  }

  /** A list whose owners had time: whoever has a successor, and at the deadline everyone. */
  void due(UUID id) {
    Transactions.mustBeOpen();
    Bulk bulk = locked(id);
    if (bulk.state() != Bulk.State.REPLACING) {
      return; // another replica was first
    }
    ExactList list = list(bulk, warranted(id));
    Plan.Grace grace =
        list.plan().grace().orElseThrow(() -> refused("the list names no time for replacements"));
    Instant now = now();
    boolean first = bulk.progress().stepMillis() == 0;
    Set<String> open = open(bulk, list, first);
    if (!now.isBefore(grace.deadline())) {
      rows.forgetLeft(id, NO_SUCCESSOR);
      int revoked = bulk.progress().revoked() + revoke(bulk, list, open, now);
      finish(bulk, list, revoked, now);
    } else if (first && !now.isBefore(grace.replaceUntil())) {
      Set<String> replaced = new HashSet<>(successors.of(list.serials()));
      int revoked = revoke(bulk, list, replaced, now);
      Set<String> rest = new HashSet<>(open);
      rest.removeAll(replaced);
      rows.left(id, mass.left(rest, now));
      if (rows.leftCounts(id).getOrDefault(NO_SUCCESSOR, 0L) == 0) {
        finish(bulk, list, revoked, now);
      } else {
        ledger.append(BulkEvents.stepped(bulk, revoked, now));
      }
    }
  }

  /** All of it at once, for a drill that is taken back: what is revoked, and how long it took. */
  Rehearsed rehearse(Bulk bulk, ExactList list, String text) {
    Transactions.mustBeOpen();
    rows.add(bulk, text);
    ledger.append(BulkEvents.listed(bulk));
    long start = System.nanoTime();
    Instant now = now();
    int revoked = revoke(bulk, list, list.serials(), now);
    Set<String> replaced = successors.of(list.serials());
    finish(bulk, list, revoked, now);
    return new Rehearsed(revoked, replaced.size(), millisSince(start));
  }

  /**
   * @param withSuccessor how many have one now
   */
  record Rehearsed(int revoked, int withSuccessor, int millis) {}

  private int revoke(Bulk bulk, ExactList list, Collection<String> serials, Instant now) {
    long start = System.nanoTime();
    Plan plan = list.plan();
    List<MassRevocation.Revoked> revoked =
        mass.revoke(serials, new MassRevocation.Terms(plan.reason(), plan.invalidityDate(), now));
    List<Event> events = new ArrayList<>(revoked.size());
    revoked.forEach(one -> events.add(BulkEvents.revoked(bulk, one, plan.reason(), now)));
    ledger.appendAll(events);
    Set<String> left = new HashSet<>(serials);
    left.removeAll(revoked.stream().map(one -> one.serial().hex()).collect(Collectors.toSet()));
    rows.left(bulk.id(), mass.left(left, now));
    rows.stepped(bulk.id(), bulk.progress().revoked() + revoked.size(), millisSince(start));
    return revoked.size();
  }

  private void finish(Bulk bulk, ExactList list, int revoked, Instant now) {
    // Issued since, or changed so that the selection finds them: people must list them anew.
    rows.left(
        bulk.id(),
        matches.beside(list.selection(), list.serials(), now, MOST_TOLD).stream()
            .map(serial -> new MassRevocation.Left(serial, "not-listed"))
            .toList());
    Map<String, Long> left = rows.leftCounts(bulk.id());
    rows.done(bulk.id(), now);
    ledger.append(BulkEvents.done(bulk, revoked, left, now));
  }

  /** What the step before has left. */
  private Set<String> open(Bulk bulk, ExactList list, boolean first) {
    return first
        ? new HashSet<>(list.serials())
        : rows.left(bulk.id(), "", list.serials().size() + MOST_TOLD).stream()
            .filter(left -> left.why().equals(NO_SUCCESSOR))
            .map(MassRevocation.Left::serial)
            .filter(Set.copyOf(list.serials())::contains)
            .collect(Collectors.toSet());
  }

  /** Of what people have signed, checked again: a row that says so is not enough. */
  private Thumbprint warranted(UUID id) {
    Warrant warrant =
        approvals
            .about(Deed.BULK_REVOCATION, id.toString())
            .map(approvals::warrant)
            .orElseThrow(() -> refused("nobody has approved it"));
    int need = Math.max(1, approvals.needed(Deed.BULK_REVOCATION));
    if (!warrant.isEnough(need, register)) {
      throw refused("what was signed about it is not enough any more");
    }
    return warrant.terms().sha256();
  }

  private Bulk locked(UUID id) {
    return rows.locked(id)
        .orElseThrow(() -> new Failure.NotFound("bulk revocation", id.toString()).thrown());
  }

  /** The list, if its octets are those that were approved. */
  private ExactList list(Bulk bulk, Thumbprint approved) {
    String text = rows.list(bulk.id());
    if (text.isEmpty()) {
      throw refused("the list was lost with the database that held it");
    }
    if (!ExactList.hash(text).equals(approved)) {
      throw refused("the list is not the one that was approved");
    }
    ExactList list = ExactList.parse(text);
    if (!list.id().equals(bulk.id())) {
      throw refused("the list is another one's");
    }
    return list;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  private static int millisSince(long start) {
    return Math.toIntExact(Duration.ofNanos(System.nanoTime() - start).toMillis());
  }

  private static RuntimeException refused(String reason) {
    return new Failure.Refused("bulk-list", reason, "list the certificates anew").thrown();
  }
}
