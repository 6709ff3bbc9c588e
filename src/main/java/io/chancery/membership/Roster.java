package io.chancery.membership;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.inventory.Transactions;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Ledger;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** How far each partner is; every step stands on the roll, with all that is known. */
@Singleton
final class Roster {
  private final PartnerRows rows;
  private final Ledger ledger;
  private final Transactions transactions;

  @Inject
  Roster(PartnerRows rows, Ledger ledger, Transactions transactions) {
    this.rows = rows;
    this.ledger = ledger;
    this.transactions = transactions;
  }

  Optional<Partner> find(OrganizationId organization) {
    return transactions.call(
        () -> rows.findByIdOptional(organization.value()).map(PartnerRow::partner));
  }

  /** For a change of it, in the transaction that makes the change. */
  Partner locked(OrganizationId organization) {
    Transactions.mustBeOpen();
    return rows.locked(organization.value())
        .map(PartnerRow::partner)
        .orElseThrow(() -> new Failure.NotFound("partner", organization.value()).thrown());
  }

  List<Partner> visibleTo(Caller caller) {
    return transactions.call(
        () ->
            rows.find("order by organization").stream()
                .map(PartnerRow::partner)
                .filter(one -> caller.mayRead(one.organization()))
                .toList());
  }

  Partner keep(Caller by, Partner partner) {
    Transactions.mustBeOpen();
    rows.write(partner);
    ledger.append(
        Event.of(
            partner.changedAt(),
            EventKind.PARTNER_CHANGED,
            by,
            partner.organization().value(),
            "state",
            partner.state().name(),
            "sandboxProfile",
            partner.sandboxProfile(),
            "profiles",
            String.join(" ", partner.profiles()),
            "request",
            partner.request(),
            "proposal",
            partner.proposal(),
            "revocation",
            partner.revocation()));
    return partner;
  }
}
