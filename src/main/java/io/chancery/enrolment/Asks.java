package io.chancery.enrolment;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.access.Limits;
import io.chancery.inventory.Entry;
import io.chancery.inventory.Inventory;
import io.chancery.inventory.Transactions;
import io.chancery.inventory.sql.Trip;
import io.chancery.x509.CertificateStatus;
import io.chancery.x509.SerialNumber;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Who asks the same again, and who asks too often. The authority itself is not counted: what it
 * needs to live is asked by its own timers.
 */
@Singleton
final class Asks {
  private static final Duration WHILE_PAUSED = Duration.ofMinutes(5);

  private final AskRows rows;
  private final Pauses pauses;
  private final ProfileCount counts;
  private final Limits limits;
  private final Inventory inventory;
  private final DuplicatesConfig duplicates;
  private final BrakeConfig brake;
  private final InstantSource clock;

  @Inject
  Asks(
      AskRows rows,
      Pauses pauses,
      ProfileCount counts,
      Limits limits,
      Inventory inventory,
      DuplicatesConfig duplicates,
      BrakeConfig brake,
      InstantSource clock) {
    this.rows = rows;
    this.pauses = pauses;
    this.counts = counts;
    this.limits = limits;
    this.inventory = inventory;
    this.duplicates = duplicates;
    this.brake = brake;
    this.clock = clock;
  }

  /** Before anything is looked up: no database is asked. */
  void mustBeWithinLimits(EnrolmentRequest request) {
    if (!(request.caller() instanceof Caller.Authority)) {
      limits.take(request.owner(), request.profile().value());
    }
  }

  /**
   * In the transaction that would reserve; must be its first write, so that the second waits. No
   * two of the same client. What the database answered is thought over once it is back.
   */
  void take(List<Intention> all, Consumer<List<Turn>> taken, Trip trip) {
    Transactions.mustBeOpen();
    List<AskRows.Question> questions = all.stream().map(this::question).toList();
    rows.ask(
        questions,
        brake,
        duplicates.window(),
        found ->
            taken.accept(
                IntStream.range(0, all.size())
                    .mapToObj(i -> turn(all.get(i), questions.get(i), found.get(i)))
                    .toList()),
        trip);
  }

  /**
   * What two requests must not have in common to share a transaction: the second of a client sees
   * what the first wrote, and where certificates in force are counted, each sees all before it.
   */
  Client apart(Intention one) {
    Client client = one.client();
    return limits.countsInForce(client.owner(), client.profile()) ? client.whateverNames() : client;
  }

  private static boolean isCounted(Intention one) {
    return !(one.request().caller() instanceof Caller.Authority);
  }

  private AskRows.Question question(Intention one) {
    EnrolmentRequest request = one.request();
    return new AskRows.Question(
        Optional.of(one.client()).filter(client -> isCounted(one)),
        countsAsRepeated(request) ? RequestHash.of(request).hex() : "",
        one.reservation().serial(),
        request.csr().key().thumbprint());
  }

  private Turn turn(Intention one, AskRows.Question asked, AskRows.Ask found) {
    EnrolmentRequest request = one.request();
    Client client = one.client();
    return switch (found) {
      case KEY_KNOWN -> new Turn.Refused(KeyHistory.refused());
      case REFUSED -> new Turn.Refused(slowed(client));
      case NEW -> isCounted(one) ? roomFor(request, counted(client)) : new Turn.New();
      case KNOWN ->
          roomFor(
              request,
              asked.hash().isEmpty()
                  ? counted(client)
                  : again(client, asked.hash(), asked.serial()));
    };
  }

  /** A renewal takes the place of another: it needs no room of its own. */
  private Turn roomFor(EnrolmentRequest request, Turn turn) {
    if (turn instanceof Turn.New && request.replaces().isEmpty()) {
      String profile = request.profile().value();
      OptionalInt most = limits.mostInForce(request.owner(), profile);
      if (most.isPresent()
          && inventory.inForce(request.owner(), profile, clock.instant()) >= most.getAsInt()) {
        throw new Failure.Refused(
                "certificates-in-force",
                "organization "
                    + request.owner()
                    + " has as many certificates of profile "
                    + profile
                    + " in force as it may: "
                    + most.getAsInt(),
                "renew one, revoke one that is not needed, or ask an operator for more")
            .thrown();
      }
    }
    return turn;
  }

  void tidy() {
    rows.tidy(brake, duplicates.window());
  }

  /** A request with a key says itself whether it is the same. */
  private boolean countsAsRepeated(EnrolmentRequest request) {
    return request.idempotencyKey().isEmpty() && duplicates.window().isPositive();
  }

  private Turn again(Client client, String hash, SerialNumber serial) {
    Optional<AskRows.Recent> recent = rows.recent(hash, duplicates.window());
    if (recent.isEmpty() || !canBeAnswered(recent.get().serial())) {
      rows.replace(hash, serial);
      return counted(client);
    }
    if (recent.get().repeats() >= duplicates.most()) {
      return new Turn.Refused(
          new Failure.TooManyRequests(
              "the same request was answered with certificate "
                  + recent.get().serial()
                  + " again and again",
              duplicates.most() + " repeats in " + duplicates.window().toSeconds() + " s",
              atLeastOneSecond(recent.get().left()),
              "keep the certificate; see docs/exactly-once.md"));
    }
    rows.repeated(hash);
    return new Turn.Repeated(recent.get().serial());
  }

  /** In force, or still to be signed after a crash; never what was revoked, held or given up. */
  private boolean canBeAnswered(SerialNumber serial) {
    return inventory
        .find(serial)
        .map(this::isInForce)
        .orElseGet(
            () ->
                inventory.reservation(serial).isPresent()
                    // Between the two reads it was signed and recorded.
                    || inventory.find(serial).filter(this::isInForce).isPresent());
  }

  private boolean isInForce(Entry entry) {
    return entry.status() instanceof CertificateStatus.Good
        && !entry.certificate().validity().endedBefore(clock.instant());
  }

  private Turn counted(Client client) {
    counts.add(client, brake).ifPresent(asked -> pauses.stop(client.whateverNames(), asked));
    return new Turn.New();
  }

  private Failure.TooManyRequests slowed(Client client) {
    Optional<Pause> whole = pauses.of(client.whateverNames());
    if (whole.isPresent()) {
      return paused(whole.get());
    }
    AskRows.Count count = rows.refused(client, brake);
    if (brake.pauseAt() > 0 && count.asked() > brake.pauseAt()) {
      return paused(pauses.stop(client, count.asked()));
    }
    return pauses
        .of(client)
        .map(Asks::paused)
        .orElseGet(
            () ->
                new Failure.TooManyRequests(
                    client.text() + " has asked " + count.asked() + " times",
                    brake.free() + " in " + brake.period().toSeconds() + " s, then slowly",
                    count.untilNext(),
                    "wait, keep the certificate, and find out why it asks again;"
                        + " see docs/exactly-once.md"));
  }

  private static Failure.TooManyRequests paused(Pause pause) {
    return new Failure.TooManyRequests(
        pause.text() + " is paused since " + pause.since(),
        "nothing until an operator lifts pause " + pause.id(),
        WHILE_PAUSED,
        "find out why it asks again and again, then ask an operator");
  }

  private static Duration atLeastOneSecond(Duration left) {
    return left.isPositive() ? left : Duration.ofSeconds(1);
  }
}
