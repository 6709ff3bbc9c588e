package io.chancery.testing;

import io.chancery.Caller;
import io.chancery.OrganizationId;
import io.chancery.enrolment.EnrolmentRequest;
import io.chancery.profile.ProfileName;
import io.chancery.x509.SubjectAltName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Requests of the authority itself, each for a key and a name that were never used. */
public final class OwnRequests {
  private final String purpose;
  private final AtomicInteger names = new AtomicInteger();

  /** {@code purpose} begins the names, and names the caller. */
  public OwnRequests(String purpose) {
    this.purpose = purpose;
  }

  public EnrolmentRequest next() {
    String name = purpose + "-" + names.incrementAndGet() + ".internal.test";
    return new EnrolmentRequest(
        new Caller.Authority(purpose),
        OrganizationId.AUTHORITY,
        new ProfileName("tls-server"),
        Csrs.ec("").dns(name).build().csr(),
        List.of(SubjectAltName.parse("dns:" + name)),
        Optional.empty(),
        "",
        Optional.empty(),
        Optional.empty());
  }
}
