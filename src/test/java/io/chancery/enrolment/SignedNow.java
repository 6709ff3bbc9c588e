package io.chancery.enrolment;

import io.chancery.access.Access;
import io.chancery.inventory.Entry;
import io.chancery.inventory.Inventory;
import io.chancery.inventory.Reservation;
import io.chancery.issuance.Issuer;
import io.chancery.issuance.Issuers;
import io.chancery.issuance.PreparedCertificate;
import io.chancery.profile.Approval;
import io.chancery.profile.Profile;
import io.chancery.profile.Profiles;
import io.chancery.x509.SerialNumber;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/** Lets a test stop between the token's signature and the book. */
@ApplicationScoped
public class SignedNow {
  @Inject Profiles profiles;
  @Inject Access access;
  @Inject Issuers issuers;
  @Inject Bookings bookings;
  @Inject InstantSource clock;

  private final SecureRandom random = new SecureRandom();

  /** Reserved and signed, and not recorded. */
  public Inventory.Signed sign(EnrolmentRequest request) {
    Profile profile = profiles.named(request.profile());
    Approval approval =
        profiles.approve(
            profile,
            Asked.of(request, profile, access.entitlement(request.caller(), request.owner())));
    Issuer issuer = issuers.named(profile.issuer());
    PreparedCertificate prepared =
        issuer.prepare(approval, SerialNumber.random(random), clock.instant());
    Reservation reservation =
        new Reservation(
            prepared.serial(),
            prepared.issuer(),
            request.profile().value(),
            request.owner(),
            request.caller().name(),
            request.contact(),
            request.replaces(),
            prepared.tbs(),
            clock.instant(),
            prepared.approvals());
    bookings.write(Intention.of(request, reservation, Optional.empty(), Optional.empty()));
    return new Inventory.Signed(reservation, issuer.sign(prepared));
  }

  public Entry record(Inventory.Signed signed) {
    return bookings.record(signed);
  }
}
