package io.chancery.enrolment;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.inventory.Entry;
import io.chancery.inventory.Inventory;
import io.chancery.inventory.Transactions;
import io.chancery.profile.ProfileName;
import io.chancery.x509.CertificateStatus;
import io.chancery.x509.Csr;
import io.chancery.x509.SerialNumber;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;

/** Enrolment that replaces: the same profile, owner and names, with a key that is proven anew. */
@Singleton
public final class Renewal {
  private final Enrolment enrolment;
  private final Inventory inventory;
  private final Transactions transactions;
  private final InstantSource clock;

  @Inject
  Renewal(
      Enrolment enrolment, Inventory inventory, Transactions transactions, InstantSource clock) {
    this.enrolment = enrolment;
    this.inventory = inventory;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** A new certificate for what the old one says; the old one stays valid until it ends. */
  public Answer renew(Caller caller, SerialNumber serial, Csr csr, Optional<String> key) {
    Entry old = transactions.call(() -> inventory.entry(serial));
    if (!caller.mayReach(old.organization())) {
      throw new Failure.NotFound("certificate", serial.hex()).thrown();
    }
    mustBeInForce(old);
    mustAskForTheSame(old, csr);
    return enrolment.answer(
        new EnrolmentRequest(
            caller,
            old.organization(),
            new ProfileName(old.profile()),
            csr,
            old.certificate().names(),
            Optional.empty(),
            old.contact(),
            Optional.of(serial),
            key));
  }

  private void mustBeInForce(Entry old) {
    String what = "certificate " + old.serial();
    String remedy = "request a new certificate";
    switch (old.status()) {
      case CertificateStatus.Good good -> {}
      case CertificateStatus.Held held ->
          throw new Failure.Conflict(what, "is on hold since " + held.since(), remedy).thrown();
      case CertificateStatus.Revoked revoked ->
          throw new Failure.Conflict(what, "was revoked at " + revoked.since(), remedy).thrown();
    }
    if (old.certificate().validity().endedBefore(clock.instant())) {
      throw new Failure.Conflict(
              what, "expired at " + old.certificate().validity().notAfter(), remedy)
          .thrown();
    }
  }

  /**
   * A request may repeat the old names or leave them out; other names are another certificate. The
   * subject is taken from the request, so it must be there if the old one has one.
   */
  private static void mustAskForTheSame(Entry old, Csr csr) {
    boolean sameNames =
        csr.names().isEmpty()
            || new HashSet<>(csr.names()).equals(new HashSet<>(old.certificate().names()));
    boolean sameSubject = csr.subject().text().equals(old.certificate().subject());
    if (!sameNames || !sameSubject) {
      throw new Failure.Refused(
              "renewal-same-names",
              "the request asks for another subject or other names than certificate "
                  + old.serial()
                  + " has",
              "repeat the subject, repeat the names or leave them out; for others, enrol")
          .thrown();
    }
  }
}
