package io.chancery.membership;

import io.chancery.Caller;
import io.chancery.CanonicalJson;
import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.access.Organization;
import io.chancery.access.Organizations;
import io.chancery.access.TokenGrant;
import io.chancery.access.Tokens;
import io.chancery.approval.Approvals;
import io.chancery.approval.Draft;
import io.chancery.approval.Execution;
import io.chancery.approval.Proposal;
import io.chancery.inventory.Transactions;
import io.chancery.warrant.Deed;
import io.chancery.warrant.ExactBytes;
import io.chancery.warrant.Warrant;
import io.chancery.x509.Csr;
import io.chancery.x509.SubjectAltName;
import io.chancery.x509.Thumbprint;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A partner's way in: invited with a token for trying out, it shows the request that it means to
 * use, and people admit it. Only then its organization may use the profiles of production.
 */
@Singleton
public final class Admission implements Execution {
  private static final Caller SELF = new Caller.Authority("approval");
  private static final Duration INVITATION = Duration.ofDays(14);
  private static final int TRIES = 10;

  private final Roster roster;
  private final Organizations organizations;
  private final Tokens tokens;
  private final Approvals approvals;
  private final Transactions transactions;
  private final InstantSource clock;

  @Inject
  Admission(
      Roster roster,
      Organizations organizations,
      Tokens tokens,
      Approvals approvals,
      Transactions transactions,
      InstantSource clock) {
    this.roster = roster;
    this.organizations = organizations;
    this.tokens = tokens;
    this.approvals = approvals;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * A partner with its invitation.
   *
   * @param token good for a few certificates of the sandbox profile; shown once
   */
  public record Invited(Partner partner, String token) {}

  /** The partner, where the caller may see it. */
  public Partner visible(Caller caller, OrganizationId organization) {
    return roster
        .find(organization)
        .filter(found -> caller.mayRead(found.organization()))
        .orElseThrow(() -> new Failure.NotFound("partner", organization.value()).thrown());
  }

  public List<Partner> visibleTo(Caller caller) {
    return roster.visibleTo(caller);
  }

  /** Enters the organization with the sandbox profile only, and makes its invitation. */
  public Invited invite(
      Caller by, Organization organization, String sandboxProfile, List<String> profiles) {
    if (profiles.isEmpty() || profiles.contains(sandboxProfile)) {
      throw new Failure.Refused(
              "partner-profiles",
              "a partner needs profiles for production that are not the sandbox's",
              "name at least one in 'profiles'")
          .thrown();
    }
    organizations.create(by, organization);
    Partner partner =
        transactions.call(
            () ->
                roster.keep(
                    by,
                    new Partner(
                        organization.id(),
                        Partner.State.INVITED,
                        sandboxProfile,
                        profiles,
                        "",
                        "",
                        "",
                        now())));
    String token =
        tokens.create(
            by,
            new TokenGrant(
                organization.id() + "-invitation",
                organization.id(),
                List.of(sandboxProfile),
                List.of(),
                OptionalInt.of(TRIES),
                INVITATION));
    return new Invited(partner, token);
  }

  /** The partner shows the request that it means to use; others decide. */
  public Partner request(Caller caller, Partner partner, Csr csr, String comment) {
    Organization organization = organization(partner);
    return transactions.call(
        () -> {
          Partner now = roster.locked(partner.organization());
          if (now.state() != Partner.State.INVITED
              && !(now.state() == Partner.State.REQUESTED && isOver(now))) {
            throw new Failure.Conflict(
                    "the admission of " + now.organization(),
                    "is not to be asked for: it is " + now.state(),
                    "look at the partner's state")
                .thrown();
          }
          Proposal proposal =
              approvals.proposeWithin(
                  caller,
                  new Draft(
                      Deed.PARTNER,
                      now.organization().value(),
                      now.organization(),
                      exact(now, organization, csr),
                      summary(now, organization, csr),
                      comment));
          return roster.keep(
              caller,
              now.requested(csr.der().thumbprint().hex(), proposal.id().toString(), this.now()));
        });
  }

  private boolean isOver(Partner partner) {
    return approvals
        .about(Deed.PARTNER, partner.organization().value())
        .filter(proposal -> proposal.state().isOpen())
        .isEmpty();
  }

  @Override
  public Deed deed() {
    return Deed.PARTNER;
  }

  @Override
  public String carryOut(Proposal proposal, Warrant warrant) {
    OrganizationId id = proposal.terms().organization();
    Partner partner = roster.locked(id);
    Organization organization = organization(partner);
    if (partner.state() != Partner.State.REQUESTED
        || !proposal.exact().equals(exact(partner, organization, partner.request()))) {
      throw new Failure.Conflict(
              "partner " + id, "is not what was approved any more", "have it ask again")
          .thrown();
    }
    List<String> profiles =
        java.util.stream.Stream.concat(
                organization.profiles().stream(), partner.profiles().stream())
            .distinct()
            .toList();
    organizations.changeWithin(SELF, organization.withProfiles(profiles));
    roster.keep(SELF, partner.in(Partner.State.ADMITTED, now()));
    return "partner " + id + " may use " + String.join(", ", partner.profiles());
  }

  private Organization organization(Partner partner) {
    return organizations
        .find(partner.organization())
        .orElseThrow(
            () -> new Failure.NotFound("partner", partner.organization().value()).thrown());
  }

  private static ExactBytes exact(Partner partner, Organization organization, Csr csr) {
    return exact(partner, organization, csr.der().thumbprint().hex());
  }

  /** All that the admission gives: a change of it in between makes other octets. */
  private static ExactBytes exact(Partner partner, Organization organization, String request) {
    SortedMap<String, String> members = new TreeMap<>();
    members.put("form", "chancery-partner-1");
    members.put("organization", partner.organization().value());
    members.put("displayName", organization.displayName());
    members.put("names", String.join(" ", organization.names()));
    members.put("profiles", String.join(" ", partner.profiles()));
    members.put("request", request);
    return ExactBytes.of(CanonicalJson.of(members).getBytes(StandardCharsets.UTF_8));
  }

  private static String summary(Partner partner, Organization organization, Csr csr) {
    String text =
        "Admits the partner "
            + organization.displayName()
            + " ("
            + partner.organization()
            + ") to "
            + String.join(", ", partner.profiles())
            + "\n  may hold: "
            + String.join(", ", organization.names())
            + "\n  contact: "
            + organization.contact()
            + "\n  shows a request for: "
            + csr.subject().text()
            + " "
            + csr.names().stream().map(SubjectAltName::text).collect(Collectors.joining(", "))
            + "\n  key: "
            + csr.key().algorithm()
            + ", SHA-256 "
            + Optional.of(csr.key().thumbprint()).map(Thumbprint::hex).orElse("");
    return text.substring(0, Math.min(text.length(), 3_900));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
