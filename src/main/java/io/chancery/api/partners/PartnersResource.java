package io.chancery.api.partners;

import static io.chancery.Role.ADMIN;
import static io.chancery.Role.APPROVER;
import static io.chancery.Role.AUDITOR;
import static io.chancery.Role.OPERATOR;
import static io.chancery.Role.REQUESTER;
import static io.chancery.Role.SERVICE;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.access.Organization;
import io.chancery.api.Allow;
import io.chancery.api.Callers;
import io.chancery.api.CertificateAsk;
import io.chancery.api.ForOrganizations;
import io.chancery.api.OneLine;
import io.chancery.api.PreviewView;
import io.chancery.enrolment.Enrolment;
import io.chancery.enrolment.EnrolmentRequest;
import io.chancery.enrolment.Preview;
import io.chancery.membership.Admission;
import io.chancery.membership.Departure;
import io.chancery.membership.Partner;
import io.chancery.profile.NamePattern;
import io.chancery.profile.ProfileName;
import io.chancery.profile.Profiles;
import io.chancery.x509.Csr;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Partners: in by invitation and other people's approval, out with a proof. */
@Path("/v1/partners")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PartnersResource {
  /** What a partner tries out with where nothing else is said. */
  private static final String SANDBOX = "partner-sandbox";

  private final Admission admission;
  private final Departure departure;
  private final Enrolment enrolment;
  private final Profiles profiles;
  private final Callers callers;

  @Inject
  PartnersResource(
      Admission admission,
      Departure departure,
      Enrolment enrolment,
      Profiles profiles,
      Callers callers) {
    this.admission = admission;
    this.departure = departure;
    this.enrolment = enrolment;
    this.profiles = profiles;
    this.callers = callers;
  }

  /**
   * An invitation.
   *
   * @param names patterns of names that the partner may hold
   * @param profiles what it may use once it is admitted
   * @param sandboxProfile what it may use before; {@code partner-sandbox} where left out
   */
  public record InvitationAsk(
      @Nullable String id,
      @Nullable String displayName,
      @Nullable String contact,
      @Nullable List<@Nullable String> names,
      @Nullable List<@Nullable String> profiles,
      @Nullable String sandboxProfile) {}

  /** The partner with its token, which is not kept and cannot be asked for again. */
  public record InvitationView(PartnerView partner, String token) {}

  /**
   * The request that a partner means to use.
   *
   * @param csr PEM, or base64 of DER
   */
  public record RequestAsk(@Nullable String csr, @Nullable String comment) {}

  /** What the check of the request said, and where the partner stands now. */
  public record RequestView(PartnerView partner, PreviewView check) {}

  /** Why somebody is to leave. */
  public record DepartureAsk(@Nullable String comment) {}

  /** A list of partners. */
  public record PartnersView(List<PartnerView> items) {}

  @GET
  @Allow({SERVICE, REQUESTER, APPROVER, OPERATOR, AUDITOR, ADMIN})
  public PartnersView all() {
    return new PartnersView(
        admission.visibleTo(callers.current()).stream().map(PartnerView::of).toList());
  }

  @GET
  @Path("/{organization}")
  @Allow({SERVICE, REQUESTER, APPROVER, OPERATOR, AUDITOR, ADMIN})
  public PartnerView one(@PathParam("organization") String organization) {
    return PartnerView.of(partner(organization));
  }

  /** Enters the organization, for trying out only, and makes its token. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow(
      value = {OPERATOR, ADMIN},
      forAll = true)
  public Response invite(@Nullable InvitationAsk ask) {
    if (ask == null) {
      throw new Failure.Malformed("body", "", "is empty", "Chancery API").thrown();
    }
    String id = CertificateAsk.present("id", ask.id());
    String sandbox = ask.sandboxProfile() == null ? SANDBOX : ask.sandboxProfile();
    List<String> production = OneLine.all("profiles", ask.profiles());
    ForOrganizations.mustBe(profiles, sandbox);
    production.forEach(name -> ForOrganizations.mustBe(profiles, name));
    Admission.Invited invited =
        admission.invite(
            callers.current(),
            new Organization(
                new OrganizationId(id),
                OneLine.of("displayName", ask.displayName() == null ? id : ask.displayName()),
                OneLine.of("contact", ask.contact() == null ? "" : ask.contact()),
                List.of(sandbox),
                OneLine.all("names", ask.names()).stream()
                    .map(NamePattern::new)
                    .map(NamePattern::text)
                    .toList(),
                Optional.empty()),
            sandbox,
            production);
    return Response.created(URI.create("/v1/partners/" + id))
        .header("Cache-Control", "no-store")
        .entity(new InvitationView(PartnerView.of(invited.partner()), invited.token()))
        .build();
  }

  /**
   * The partner shows the request that it means to use. It is checked as the sandbox profile checks
   * it; one that passes is put before the people who admit partners.
   */
  @POST
  @Path("/{organization}/admission")
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow({SERVICE, REQUESTER, OPERATOR, ADMIN})
  public Response request(
      @PathParam("organization") String organization, @Nullable RequestAsk ask) {
    Partner partner = partner(organization);
    if (!callers.current().mayReach(partner.organization())) {
      throw new Failure.NotFound("partner", organization).thrown();
    }
    Csr csr = CertificateAsk.csr(CertificateAsk.present("csr", ask == null ? null : ask.csr()));
    Preview check = enrolment.preview(asked(callers.current(), partner, csr));
    if (!check.passes()) {
      return Response.status(422)
          .entity(new RequestView(PartnerView.of(partner), PreviewView.of(check)))
          .build();
    }
    String comment =
        OneLine.of("comment", ask == null || ask.comment() == null ? "" : ask.comment());
    Partner waits = admission.request(callers.current(), partner, csr, comment);
    return Response.accepted(new RequestView(PartnerView.of(waits), PreviewView.of(check)))
        .location(URI.create("/v1/approvals/" + waits.proposal()))
        .build();
  }

  /** Ends its access now; what it still holds is listed, and revoked when others approve. */
  @POST
  @Path("/{organization}/departure")
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow(
      value = {OPERATOR, ADMIN},
      forAll = true)
  public Response leave(
      @PathParam("organization") String organization, @Nullable DepartureAsk ask) {
    String comment =
        OneLine.of("comment", ask == null || ask.comment() == null ? "" : ask.comment());
    return Response.accepted(
            DepartureView.of(
                departure.begin(callers.current(), new OrganizationId(organization), comment)))
        .build();
  }

  /** What is left of it, asked of the book now. */
  @GET
  @Path("/{organization}/departure")
  @Allow(
      value = {APPROVER, OPERATOR, AUDITOR, ADMIN},
      forAll = true)
  public DepartureView left(@PathParam("organization") String organization) {
    return DepartureView.of(departure.left(callers.current(), new OrganizationId(organization)));
  }

  private Partner partner(String organization) {
    return admission.visible(callers.current(), new OrganizationId(organization));
  }

  private static EnrolmentRequest asked(Caller caller, Partner partner, Csr csr) {
    return new EnrolmentRequest(
        caller,
        partner.organization(),
        new ProfileName(partner.sandboxProfile()),
        csr,
        List.of(),
        Optional.empty(),
        "",
        Optional.empty(),
        Optional.empty());
  }
}
