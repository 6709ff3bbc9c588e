package io.chancery.profile;

import io.chancery.x509.Csr;
import io.chancery.x509.SubjectAltName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is asked of a profile.
 *
 * @param names replace the names of the request where they are not empty
 * @param validity the length that is asked for; empty for the profile's own
 */
public record Request(
    Csr csr, List<SubjectAltName> names, Optional<Duration> validity, Allowance allowance) {
  public Request {
    names = List.copyOf(names);
  }
}
