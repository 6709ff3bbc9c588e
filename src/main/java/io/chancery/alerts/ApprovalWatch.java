package io.chancery.alerts;

import io.chancery.OrganizationId;
import io.chancery.access.Organization;
import io.chancery.access.Organizations;
import io.chancery.approval.BrokenGlass;
import io.chancery.approval.Glass;
import io.chancery.approval.Halts;
import io.chancery.approval.Standstill;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one person has done alone is everybody's business until another has looked at it; so is a
 * halt of all signing. Every organization gets an alert of its own.
 */
@Singleton
final class ApprovalWatch {
  private static final String GLASS = "glass-broken";
  private static final String HALTED = "signing-halted";

  static final List<String> KINDS = List.of(GLASS, HALTED);

  private final Glass glass;
  private final Halts halts;
  private final Organizations organizations;

  @Inject
  ApprovalWatch(Glass glass, Halts halts, Organizations organizations) {
    this.glass = glass;
    this.halts = halts;
    this.organizations = organizations;
  }

  List<Finding> find() {
    Optional<BrokenGlass> broken = glass.unreviewed();
    Optional<Standstill> halted = halts.current();
    List<Finding> findings = new ArrayList<>();
    if (broken.isPresent() || halted.isPresent()) {
      for (Organization one : organizations.all()) {
        broken.ifPresent(what -> findings.add(assess(what, one.id())));
        halted.ifPresent(what -> findings.add(assess(what, one.id())));
      }
    }
    return findings;
  }

  static Finding assess(BrokenGlass what, OrganizationId told) {
    return finding(
        GLASS,
        what.proposal() + "/" + told,
        told,
        told.equals(OrganizationId.AUTHORITY)
            ? what.person()
                + " has carried out proposal "
                + what.proposal()
                + " alone: "
                + what.reason()
                + "; another person must review it"
            : "somebody has done alone what takes several persons; a review is awaited",
        what.at());
  }

  static Finding assess(Standstill what, OrganizationId told) {
    return finding(
        HALTED,
        what.id() + "/" + told,
        told,
        "no certificate is signed since "
            + what.at()
            + (told.equals(OrganizationId.AUTHORITY)
                ? ": halted by " + what.by() + ": " + what.reason()
                : "; status goes on"),
        what.at());
  }

  private static Finding finding(
      String kind, String about, OrganizationId told, String text, Instant since) {
    return new Finding(
        kind + "/" + about, kind, Severity.CRITICAL, told, Optional.empty(), text, since);
  }
}
