package io.chancery.api.overview;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chancery.Caller;
import io.chancery.PkiException;
import io.chancery.alerts.Alert;
import io.chancery.alerts.Alerts;
import io.chancery.inventory.Leases;
import io.chancery.ledger.Lag;
import io.chancery.ocsp.AnswerShelf;
import io.chancery.ocsp.KeptAnswer;
import io.chancery.parts.Part;
import io.chancery.parts.Parts;
import io.chancery.revocation.CrlFile;
import io.chancery.revocation.CrlFiles;
import io.chancery.revocation.PublishedCrl;
import io.chancery.visibility.Replicas;
import io.chancery.warrant.SigningSwitch;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * {@code /q/overview} on the management listener: for {@code chancery status}, and whoever else
 * wants to know. What was signed stands in this process's memory and files, so that most of it is
 * told while database and token are away.
 */
@Singleton
final class OverviewPage {
  /** Without these no certificate is signed. */
  private static final Set<String> SIGNING = Set.of("hsm", "database", "ledger", "clock");

  /** Without this validators are not served. */
  private static final String STATUS = "crl";

  private static final Caller SELF = new Caller.Authority("overview");
  private static final int MOST = 20;

  private final Parts parts;
  private final CrlFiles crls;
  private final AnswerShelf answers;
  private final Lag lag;
  private final Alerts alerts;
  private final Leases leases;
  private final Replicas replicas;
  private final SigningSwitch signing;
  private final ObjectMapper json;
  private final InstantSource clock;

  @Inject
  OverviewPage(
      Parts parts,
      CrlFiles crls,
      AnswerShelf answers,
      Lag lag,
      Alerts alerts,
      Leases leases,
      Replicas replicas,
      SigningSwitch signing,
      ObjectMapper json,
      InstantSource clock) {
    this.parts = parts;
    this.crls = crls;
    this.answers = answers;
    this.lag = lag;
    this.alerts = alerts;
    this.leases = leases;
    this.replicas = replicas;
    this.signing = signing;
    this.json = json;
    this.clock = clock;
  }

  void open(@Observes ManagementInterface management) {
    management.router().get("/q/overview").blockingHandler(this::show, false);
  }

  private void show(RoutingContext exchange) {
    try {
      exchange
          .response()
          .putHeader("Content-Type", "application/json")
          .putHeader("Cache-Control", "no-store")
          .end(json.writeValueAsString(overview()));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  Overview overview() {
    List<Part> found = parts.look();
    Overview.Issuing issuing = issuing(found);
    boolean status = found.stream().filter(part -> part.name().equals(STATUS)).allMatch(Part::up);
    boolean well = issuing.on() && found.stream().allMatch(Part::up);
    return new Overview(
        !status ? Overview.State.DOWN : well ? Overview.State.WELL : Overview.State.DEGRADED,
        replicas.name(),
        clock.instant(),
        issuing,
        found.stream().map(Overview.PartView::of).toList(),
        crls(),
        ocsp(),
        new Overview.LedgerView(lag.behind().toSeconds()),
        whileThere(found, this::alerts),
        whileThere(found, this::leases));
  }

  private Overview.Issuing issuing(List<Part> found) {
    List<String> why = new ArrayList<>();
    found.stream()
        .filter(part -> !part.up() && SIGNING.contains(part.name()))
        .forEach(part -> why.add(part.name() + ": " + part.trouble()));
    signing.halt().ifPresent(halt -> why.add(halt.failure().detail()));
    return new Overview.Issuing(why.isEmpty(), why);
  }

  private List<Overview.CrlView> crls() {
    Instant now = clock.instant();
    return crls.all()
        .map(CrlFile::crl)
        .sorted(Comparator.comparing(crl -> crl.slot().toString()))
        .map(crl -> view(crl, now))
        .toList();
  }

  private static Overview.CrlView view(PublishedCrl crl, Instant now) {
    return new Overview.CrlView(
        crl.slot().toString(),
        crl.number(),
        crl.thisUpdate(),
        crl.nextUpdate(),
        now.isBefore(crl.nextUpdate()));
  }

  private Overview.Ocsp ocsp() {
    long now = clock.instant().getEpochSecond();
    int[] overdue = {0};
    answers.forEach(answer -> overdue[0] += isOverdue(answer, now) ? 1 : 0);
    return new Overview.Ocsp(answers.size(), overdue[0]);
  }

  private static boolean isOverdue(KeptAnswer answer, long now) {
    return answer.notAfter() > now && !answer.holds(now);
  }

  private List<Overview.AlertView> alerts() {
    return alerts.openFor(SELF).stream().limit(MOST).map(OverviewPage::view).toList();
  }

  private static Overview.AlertView view(Alert alert) {
    return new Overview.AlertView(
        alert.severity().name().toLowerCase(Locale.ROOT),
        alert.kind(),
        alert.raisedAt(),
        alert.text());
  }

  private List<Overview.LeaseView> leases() {
    return leases.held().stream()
        .map(
            held ->
                new Overview.LeaseView(
                    held.name(), held.holder(), held.left().toSeconds(), held.own()))
        .toList();
  }

  /** Nobody waits for a database that was away a moment ago. */
  private static <T> Optional<T> whileThere(List<Part> found, Supplier<T> reading) {
    if (found.stream().anyMatch(part -> part.name().equals("database") && !part.up())) {
      return Optional.empty();
    }
    try {
      return Optional.of(reading.get());
    } catch (PkiException away) {
      return Optional.empty();
    }
  }
}
