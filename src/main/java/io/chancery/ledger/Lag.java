package io.chancery.ledger;

import io.chancery.Failure;
import io.chancery.inventory.Transactions;
import io.chancery.ledger.witness.Round;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** How far the copy is behind the database, and why; too far, and nothing more is signed. */
@Singleton
public final class Lag {
  private static final Duration WORTH_TELLING = Duration.ofSeconds(30);

  private final Leaves leaves;
  private final CheckpointRows checkpoints;
  private final Standing standing;
  private final Witnessing witnesses;
  private final LedgerConfig config;
  private final Transactions transactions;
  private final InstantSource clock;
  private volatile Optional<Failure> trouble = Optional.empty();
  private volatile Optional<Alarm> alarm = Optional.empty();
  private volatile Duration behind = Duration.ZERO;
  private volatile long published;

  @Inject
  Lag(
      Leaves leaves,
      CheckpointRows checkpoints,
      Standing standing,
      Witnessing witnesses,
      LedgerConfig config,
      Transactions transactions,
      InstantSource clock,
      MeterRegistry meters) {
    this.leaves = leaves;
    this.checkpoints = checkpoints;
    this.standing = standing;
    this.witnesses = witnesses;
    this.config = config;
    this.transactions = transactions;
    this.clock = clock;
    Gauge.builder("chancery.ledger.behind", this, lag -> lag.behind.toMillis() / 1000.0)
        .baseUnit("seconds")
        .description("age of the oldest entry that the copy outside the database lacks")
        .register(meters);
    Gauge.builder("chancery.ledger.published", this, lag -> lag.published)
        .baseUnit("entries")
        .description("entries under the newest published checkpoint")
        .register(meters);
  }

  /** For how long the copy has lacked something that the database has. */
  public Duration behind() {
    return behind;
  }

  /** What people must look at, and since when it is so. */
  public record Alarm(String what, Instant since) {}

  /** The copy is behind, the roll is in doubt, or a witness has seen another tree. */
  public Optional<Alarm> alarm() {
    return alarm;
  }

  private Optional<String> worry() {
    Optional<String> fork =
        witnesses.missing().stream()
            .filter(one -> one.why() == Round.Why.OTHER_TREE)
            .map(one -> "the witness " + one.witness() + ": " + one.reason())
            .findFirst();
    return standing
        .doubt()
        .map(doubt -> doubt.what() + "; " + doubt.remedy())
        .or(() -> fork)
        .or(
            () ->
                behind.compareTo(WORTH_TELLING) > 0
                    ? Optional.of(
                        "the copy of the ledger is behind"
                            + trouble.map(why -> ": " + why.detail()).orElse(""))
                    : Optional.empty());
  }

  private void sound(Optional<String> worry) {
    alarm =
        worry.map(
            what -> new Alarm(what, alarm.map(Alarm::since).orElseGet(() -> clock.instant())));
  }

  /** Why this replica's last attempt to publish failed. */
  public Optional<Failure> trouble() {
    return trouble;
  }

  /** Whether this is news. */
  boolean failed(Failure why) {
    boolean news = trouble.isEmpty() || !trouble.get().equals(why);
    trouble = Optional.of(why);
    return news;
  }

  void wentWell() {
    trouble = Optional.empty();
  }

  void look() {
    Optional<Instant> since =
        transactions.call(
            () -> {
              published = checkpoints.newestPublished().map(CheckpointRows.Kept::size).orElse(0L);
              return leaves.oldestBehind(published);
            });
    Duration age = since.map(from -> Duration.between(from, clock.instant())).orElse(Duration.ZERO);
    behind = age.isNegative() ? Duration.ZERO : age;
    if (behind.compareTo(config.mayLag()) > 0) {
      standing.raise(
          Standing.Cause.BEHIND,
          new Standing.Doubt(
              "the copy of the ledger has been behind since " + since.orElseThrow(),
              "mend what it is kept on ("
                  + trouble().map(Failure::detail).orElse("another replica writes it")
                  + ")"));
    } else {
      standing.settle(Standing.Cause.BEHIND);
    }
    sound(worry());
  }
}
