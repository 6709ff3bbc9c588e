package io.chancery.membership;

import io.chancery.OrganizationId;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Redo;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/** Partners that the roll knows and the database does not. Each entry says all of one. */
@Singleton
final class RedoPartners implements Redo {
  private final PartnerRows rows;

  @Inject
  RedoPartners(PartnerRows rows) {
    this.rows = rows;
  }

  @Override
  public Set<EventKind> kinds() {
    return Set.of(EventKind.PARTNER_CHANGED);
  }

  @Override
  public void redo(Event event) {
    String profiles = event.fact("profiles");
    rows.write(
        new Partner(
            new OrganizationId(event.subject()),
            Partner.State.valueOf(event.fact("state")),
            event.fact("sandboxProfile"),
            profiles.isEmpty() ? List.of() : List.of(profiles.split(" ")),
            event.fact("request"),
            event.fact("proposal"),
            event.fact("revocation"),
            event.at()));
  }
}
