package io.chancery.alerts;

import io.chancery.OrganizationId;
import io.chancery.revocation.compromise.OwnKeyReported;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Somebody has reported a key of the authority's own: told at once, and once for each key. */
@Singleton
final class ReportedKeys {
  private static final String KIND = "own-key-reported";

  private final Alerts alerts;
  private final InstantSource clock;

  @Inject
  ReportedKeys(Alerts alerts, InstantSource clock) {
    this.alerts = alerts;
    this.clock = clock;
  }

  void reported(@Observes OwnKeyReported report) {
    alerts.raise(
        List.of(
            new Finding(
                KIND + "/" + report.key() + "/" + report.proof().text(),
                KIND,
                Severity.CRITICAL,
                OrganizationId.AUTHORITY,
                Optional.empty(),
                "the key of "
                    + report.whose()
                    + " was reported as compromised by "
                    + report.by()
                    + " (proof: "
                    + report.proof().text()
                    + "); nothing was revoked, decide and act",
                clock.instant())));
  }
}
