package io.chancery.audit.book;

import io.chancery.PkiException;
import io.chancery.Quoted;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.x509.RevocationReason;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** A certificate's status as columns: what the book says, or what the entries add up to. */
record StatusRecord(
    String status,
    int version,
    Optional<Instant> since,
    Optional<Integer> reason,
    Optional<Instant> invalidityDate) {
  static final StatusRecord NEW =
      new StatusRecord("good", 0, Optional.empty(), Optional.empty(), Optional.empty());

  /** The status after one more change; empty where the event cannot follow this status. */
  Optional<StatusRecord> after(Event event) {
    try {
      int next = version + 1;
      boolean follows = isVersion(event, next);
      return follows ? Optional.of(changed(event, next)) : Optional.empty();
    } catch (DateTimeException | PkiException unreadable) {
      return Optional.empty();
    }
  }

  /** How the book differs from this, in one line. */
  Optional<String> differences(StatusRecord book) {
    return equals(book)
        ? Optional.empty()
        : Optional.of("the book says " + book.words() + ", the roll " + words());
  }

  private static boolean isVersion(Event event, int expected) {
    // Old entries do not say it.
    return event.facts().getOrDefault("version", String.valueOf(expected)).equals("" + expected);
  }

  private static StatusRecord changed(Event event, int version) {
    if (event.kind() == EventKind.CERTIFICATE_RELEASED) {
      return new StatusRecord(
          "good", version, Optional.empty(), Optional.empty(), Optional.empty());
    }
    Optional<Instant> since = Optional.of(Instant.parse(event.fact("since")));
    if (event.kind() == EventKind.CERTIFICATE_HELD) {
      return new StatusRecord("held", version, since, Optional.empty(), Optional.empty());
    }
    return new StatusRecord(
        "revoked",
        version,
        since,
        Optional.of(RevocationReason.parse(event.fact("reason")).code()),
        Optional.of(event.fact("invalidityDate"))
            .filter(text -> !text.isEmpty())
            .map(Instant::parse));
  }

  private String words() {
    StringBuilder words = new StringBuilder(Quoted.of(status));
    since.ifPresent(at -> words.append(" since ").append(at));
    reason.ifPresent(code -> words.append(", reason ").append(code));
    invalidityDate.ifPresent(at -> words.append(", invalid from ").append(at));
    return words.append(" (version ").append(version).append(')').toString();
  }
}
