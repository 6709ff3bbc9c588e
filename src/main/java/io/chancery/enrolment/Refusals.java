package io.chancery.enrolment;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.inventory.Transactions;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Ledger;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Refusals stand on the roll too; outages do not, they are not decisions. */
@Singleton
final class Refusals {
  private static final Logger LOG = Logger.getLogger(Refusals.class);

  private final Ledger ledger;
  private final Transactions transactions;
  private final InstantSource clock;

  @Inject
  Refusals(Ledger ledger, Transactions transactions, InstantSource clock) {
    this.ledger = ledger;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** A request that never became one: it could not be read, or named what is not there. */
  void record(Caller caller, Failure failure) {
    rule(failure)
        .map(
            rule ->
                Event.of(
                    clock.instant(),
                    EventKind.REQUEST_REFUSED,
                    caller,
                    "",
                    "rule",
                    rule,
                    "reason",
                    failure.detail()))
        .ifPresent(this::append);
  }

  void record(EnrolmentRequest request, Failure failure) {
    rule(failure)
        .map(rule -> Deeds.refused(request, rule, failure.detail(), clock.instant()))
        .ifPresent(this::append);
  }

  /** The refusal stands even where the roll cannot be written: nothing was issued. */
  private void append(Event event) {
    try {
      transactions.run(() -> ledger.append(event));
    } catch (PkiException away) {
      LOG.warnf("a refusal could not be put on the roll: %s", away.getMessage());
    }
  }

  private static Optional<String> rule(Failure failure) {
    return switch (failure) {
      case Failure.Refused refused -> Optional.of(refused.rule());
      case Failure.LintFailed lint -> Optional.of(lint.findings().getFirst().rule());
      case Failure.Malformed malformed -> Optional.of("well-formed");
      case Failure.NotFound missing -> Optional.of("known-" + missing.what());
      case Failure.Forbidden forbidden -> Optional.of("permitted");
      case Failure.Unauthenticated unknown -> Optional.of("authenticated");
      case Failure.TooLarge large -> Optional.of("size");
      case Failure.Conflict conflict -> Optional.of("state");
      case Failure.BrokenPromise broken -> Optional.of("promise-kept");
      case Failure.Unavailable away -> Optional.empty();
      case Failure.Busy busy -> Optional.empty();
      // Who asks too often must not fill the roll; that a client was paused stands there.
      case Failure.TooManyRequests many -> Optional.empty();
      case Failure.Misconfigured wrong -> Optional.empty();
    };
  }
}
