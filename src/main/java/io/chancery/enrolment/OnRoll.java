package io.chancery.enrolment;

import io.chancery.Failure;
import io.chancery.inventory.Reservation;
import io.chancery.inventory.Transactions;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Ledger;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A reservation that is taken up again, held against what the roll says was reserved: a row that
 * somebody has written or changed is not signed, whether by a retry or by the tidy job.
 */
@Singleton
final class OnRoll {
  private static final int AT_MOST = 50;

  private final Ledger ledger;
  private final Transactions transactions;

  @Inject
  OnRoll(Ledger ledger, Transactions transactions) {
    this.ledger = ledger;
    this.transactions = transactions;
  }

  /** How many approvals it takes; {@code Conflict} where the roll tells of another reservation. */
  int approvals(Reservation reservation) {
    Event reserved =
        transactions
            .call(
                () ->
                    ledger.about(reservation.serial().hex(), AT_MOST).stream()
                        .filter(one -> one.kind() == EventKind.CERTIFICATE_RESERVED)
                        .findFirst())
            .map(one -> Event.parse(one.body().getBytes(StandardCharsets.UTF_8)))
            .orElseThrow(() -> differs(reservation).thrown());
    Map<String, String> facts = reserved.facts();
    boolean same =
        reservation.profile().equals(facts.get("profile"))
            && reservation.issuer().value().equals(facts.get("issuer"))
            && reservation.organization().equals(reserved.organization())
            && isOver(reservation, facts.getOrDefault("tbs", ""));
    int approvals = Integer.parseInt(facts.getOrDefault("approvals", "0"));
    if (!same || approvals != reservation.approvals()) {
      throw differs(reservation).thrown();
    }
    return approvals;
  }

  /** Entries of the first form hold the hash of the octets only. */
  private static boolean isOver(Reservation reservation, String tbs) {
    return tbs.equals(Event.octets(reservation.tbs().octets()))
        || tbs.equals(reservation.tbs().thumbprint().hex());
  }

  private static Failure differs(Reservation reservation) {
    return new Failure.Conflict(
        "reservation " + reservation.serial(),
        "is not what the roll says was reserved",
        "run chancery verify-ledger");
  }
}
