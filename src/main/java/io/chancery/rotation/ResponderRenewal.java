package io.chancery.rotation;

import io.chancery.Caller;
import io.chancery.OrganizationId;
import io.chancery.enrolment.Enrolment;
import io.chancery.enrolment.EnrolmentRequest;
import io.chancery.hsm.Hsm;
import io.chancery.inventory.Lease;
import io.chancery.inventory.Leases;
import io.chancery.issuance.AuthorityCertificates;
import io.chancery.issuance.AuthorityFile;
import io.chancery.issuance.ResponderCredential;
import io.chancery.ocsp.Responders;
import io.chancery.profile.Profile;
import io.chancery.profile.ProfileName;
import io.chancery.profile.Profiles;
import io.chancery.x509.Csr;
import io.chancery.x509.DistinguishedName;
import io.chancery.x509.IssuerName;
import io.chancery.x509.KeyId;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Keeps a valid certificate for each issuer's OCSP responder key. */
@Singleton
final class ResponderRenewal {
  private static final Logger LOG = Logger.getLogger(ResponderRenewal.class);
  private static final ProfileName PROFILE = new ProfileName("ocsp-responder");
  private static final Duration LEASE = Duration.ofSeconds(60);

  private final AuthorityFile authority;
  private final Hsm hsm;
  private final Enrolment enrolment;
  private final Profiles profiles;
  private final Responders responders;
  private final Leases leases;
  private final AuthorityCertificates certificates;
  private final InstantSource clock;

  @Inject
  ResponderRenewal(
      AuthorityFile authority,
      Hsm hsm,
      Enrolment enrolment,
      Profiles profiles,
      Responders responders,
      Leases leases,
      AuthorityCertificates certificates,
      InstantSource clock) {
    this.authority = authority;
    this.hsm = hsm;
    this.enrolment = enrolment;
    this.profiles = profiles;
    this.responders = responders;
    this.leases = leases;
    this.certificates = certificates;
    this.clock = clock;
  }

  void renewDue() {
    Profile profile = profiles.named(PROFILE);
    for (AuthorityFile.Entry issuer : authority.issuers()) {
      if (issuer.responderKey().isEmpty()) {
        continue; // it signs itself
      }
      Optional<ResponderCredential> current = responders.refresh(issuer.name());
      boolean fresh =
          current
              .map(one -> profile.renewalDue(one.certificate().validity()))
              .filter(due -> clock.instant().isBefore(due))
              .isPresent();
      if (!fresh) {
        leases
            .take("responder/" + issuer.name(), LEASE)
            .ifPresent(lease -> renew(issuer.name(), issuer.responderKey().get(), lease));
      }
    }
  }

  private void renew(IssuerName name, KeyId key, Lease lease) {
    DistinguishedName subject = DistinguishedName.ofCommonName("OCSP responder of " + name);
    Csr csr = Csr.parse(certificates.request(hsm.key(key), subject).octets());
    io.chancery.inventory.Entry certificate =
        enrolment.issue(
            new EnrolmentRequest(
                new Caller.Authority("ocsp"),
                OrganizationId.AUTHORITY,
                PROFILE,
                csr,
                List.of(),
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.empty()));
    responders.use(name, certificate);
    LOG.infof(
        "the OCSP responder of %s has certificate %s until %s (lease %d)",
        name, certificate.serial(), certificate.certificate().validity().notAfter(), lease.token());
  }
}
