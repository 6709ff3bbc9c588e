package io.chancery.api;

import static io.chancery.Role.ADMIN;
import static io.chancery.Role.APPROVER;
import static io.chancery.Role.AUDITOR;
import static io.chancery.Role.OPERATOR;
import static io.chancery.Role.REQUESTER;
import static io.chancery.Role.SERVICE;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chancery.alerts.Alert;
import io.chancery.alerts.Alerts;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What wants attention. */
@Path("/v1/alerts")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class AlertsResource {
  private final Alerts alerts;
  private final Callers callers;

  @Inject
  AlertsResource(Alerts alerts, Callers callers) {
    this.alerts = alerts;
    this.callers = callers;
  }

  /**
   * An alert as JSON.
   *
   * @param finding the same finding is raised once
   * @param due when it becomes an outage
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record AlertView(
      String id,
      String finding,
      String kind,
      String severity,
      String organization,
      Optional<String> serial,
      String text,
      Optional<Instant> due,
      Instant raisedAt) {
    static AlertView of(Alert alert) {
      return new AlertView(
          alert.id().toString(),
          alert.finding(),
          alert.kind(),
          alert.severity().name().toLowerCase(Locale.ROOT),
          alert.organization().value(),
          alert.serial(),
          alert.text(),
          alert.due(),
          alert.raisedAt());
    }
  }

  /** A list of alerts. */
  public record AlertsView(List<AlertView> items) {}

  /** Open alerts, newest first, of what the caller may read. */
  @GET
  @Allow({SERVICE, REQUESTER, APPROVER, OPERATOR, AUDITOR, ADMIN})
  public AlertsView open() {
    return new AlertsView(alerts.openFor(callers.current()).stream().map(AlertView::of).toList());
  }
}
