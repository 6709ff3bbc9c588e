package io.chancery.cli.serve;

import io.chancery.Caller;
import io.chancery.OrganizationId;
import io.chancery.Role;
import io.chancery.access.Organizations;
import io.chancery.enrolment.Enrolment;
import io.chancery.enrolment.EnrolmentRequest;
import io.chancery.inventory.Entry;
import io.chancery.issuance.Issuers;
import io.chancery.profile.ProfileName;
import io.chancery.x509.Csr;
import io.chancery.x509.SubjectAltName;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Makes administrators: whoever may run this program on the authority's keys appoints them. */
@Singleton
public final class Administrators {
  /** The profile of their certificates. */
  public static final ProfileName PROFILE = new ProfileName("tls-client");

  private static final SubjectAltName NAME = new SubjectAltName.Uri("urn:chancery:administrator");
  private static final Caller SELF = new Caller.Authority("administrator");

  private final Organizations organizations;
  private final Enrolment enrolment;
  private final Issuers issuers;

  @Inject
  Administrators(Organizations organizations, Enrolment enrolment, Issuers issuers) {
    this.organizations = organizations;
    this.enrolment = enrolment;
    this.issuers = issuers;
  }

  /** The name that an administrator's certificate carries. */
  public static SubjectAltName name() {
    return NAME;
  }

  /** A certificate for this key that has the role admin; what else the request asks is ignored. */
  public Entry appoint(Csr csr) {
    organizations.grant(SELF, OrganizationId.AUTHORITY, NAME, Role.ADMIN);
    return enrolment.issue(
        new EnrolmentRequest(
            SELF,
            OrganizationId.AUTHORITY,
            PROFILE,
            csr,
            List.of(NAME),
            Optional.empty(),
            "",
            Optional.empty(),
            Optional.empty()));
  }

  /** The certificate and its issuer, as clients present them. */
  public String pem(Entry entry) {
    return entry.certificate().pem() + issuers.named(entry.issuer()).certificate().pem();
  }
}
