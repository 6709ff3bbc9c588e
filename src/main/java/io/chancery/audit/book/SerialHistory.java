package io.chancery.audit.book;

import io.chancery.audit.report.FindingKind;
import io.chancery.audit.report.Findings;
import io.chancery.audit.report.Place;
import io.chancery.audit.rows.EntryBody;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the roll tells of one serial. */
final class SerialHistory {
  private static final Set<EventKind> CHANGES =
      Set.of(
          EventKind.CERTIFICATE_HELD,
          EventKind.CERTIFICATE_RELEASED,
          EventKind.CERTIFICATE_REVOKED);

  private final Findings findings;
  private Optional<Deed> reserved = Optional.empty();
  private Optional<Deed> issued = Optional.empty();
  private Optional<Deed> abandoned = Optional.empty();
  private final List<Deed> changes = new ArrayList<>();
  private final List<Deed> keyed = new ArrayList<>();

  /** An entry that could be read. */
  record Deed(Place place, Event event) {
    EventKind kind() {
      return event.kind();
    }

    String fact(String name) {
      return event.facts().getOrDefault(name, "");
    }
  }

  private SerialHistory(Findings findings) {
    this.findings = findings;
  }

  static SerialHistory of(List<SerialEntry> entries, Findings findings) {
    SerialHistory history = new SerialHistory(findings);
    entries.stream()
        .sorted(Comparator.comparing(SerialEntry::place))
        .forEach(
            entry ->
                EntryBody.event(entry.place(), entry.body(), findings)
                    .ifPresent(event -> history.add(new Deed(entry.place(), event))));
    return history;
  }

  Optional<Deed> reserved() {
    return reserved;
  }

  Optional<Deed> issued() {
    return issued;
  }

  Optional<Deed> abandoned() {
    return abandoned;
  }

  /** Every deed that was done under an Idempotency-Key. */
  List<Deed> keyed() {
    return keyed;
  }

  /** The last entry that says something about the status. */
  Optional<Deed> lastChange() {
    return changes.isEmpty() ? issued : Optional.of(changes.getLast());
  }

  /** What the changes add up to; empty where they contradict each other, which is reported. */
  Optional<StatusRecord> status() {
    StatusRecord status = StatusRecord.NEW;
    for (Deed change : changes) {
      Optional<StatusRecord> next = status.after(change.event());
      if (next.isEmpty()) {
        contradiction(change, "does not follow status version " + status.version());
        return Optional.empty();
      }
      status = next.get();
    }
    return Optional.of(status);
  }

  private void add(Deed deed) {
    if (!deed.fact("idempotencyKey").isEmpty()) {
      keyed.add(deed);
    }
    if (deed.kind() == EventKind.CERTIFICATE_RESERVED) {
      reserved = once(reserved, deed);
    } else if (deed.kind() == EventKind.CERTIFICATE_ISSUED) {
      issued = once(issued, deed);
      if (reserved.isEmpty()) {
        contradiction(deed, "has no reservation before it");
      }
    } else if (deed.kind() == EventKind.CERTIFICATE_ABANDONED) {
      abandoned = Optional.of(deed);
    } else if (CHANGES.contains(deed.kind())) {
      changes.add(deed);
    }
  }

  private Optional<Deed> once(Optional<Deed> before, Deed deed) {
    before.ifPresent(
        first ->
            findings.about(
                deed.place(),
                FindingKind.CERTIFICATE_TWICE,
                deed.kind()
                    + " of serial "
                    + deed.event().subject()
                    + " stands at "
                    + first.place()
                    + " already"));
    return before.isPresent() ? before : Optional.of(deed);
  }

  private void contradiction(Deed deed, String what) {
    findings.about(
        deed.place(),
        FindingKind.ENTRIES_CONTRADICT,
        deed.kind() + " of serial " + deed.event().subject() + " " + what);
  }
}
