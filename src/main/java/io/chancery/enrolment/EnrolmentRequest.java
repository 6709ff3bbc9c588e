package io.chancery.enrolment;

import io.chancery.Caller;
import io.chancery.OrganizationId;
import io.chancery.profile.ProfileName;
import io.chancery.x509.Csr;
import io.chancery.x509.SerialNumber;
import io.chancery.x509.SubjectAltName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Somebody asks for a certificate.
 *
 * @param owner the organization that will own it
 * @param names replace the names of the request where they are not empty
 * @param validity the length that is asked for; empty for the profile's own
 * @param contact whom to tell before it expires; empty for the organization's contact
 * @param replaces the certificate that this one renews
 * @param idempotencyKey the same key with the same request gives the same certificate
 */
public record EnrolmentRequest(
    Caller caller,
    OrganizationId owner,
    ProfileName profile,
    Csr csr,
    List<SubjectAltName> names,
    Optional<Duration> validity,
    String contact,
    Optional<SerialNumber> replaces,
    Optional<String> idempotencyKey) {
  public EnrolmentRequest {
    names = List.copyOf(names);
  }
}
