package io.chancery.ocsp;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.inventory.Entry;
import io.chancery.inventory.Inventory;
import io.chancery.inventory.Transactions;
import io.chancery.issuance.CertId;
import io.chancery.issuance.Issuer;
import io.chancery.issuance.Issuers;
import io.chancery.issuance.OcspSigner;
import io.chancery.issuance.ResponderCredential;
import io.chancery.issuance.SingleAnswer;
import io.chancery.x509.CertificateStatus;
import io.chancery.x509.Der;
import io.chancery.x509.RevocationReason;
import io.chancery.x509.SerialNumber;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From a request to a signed answer. "Good" is said only of what the book holds as good. */
@Singleton
final class Responder {
  private final Issuers issuers;
  private final Inventory inventory;
  private final Responders responders;
  private final Transactions transactions;
  private final OcspConfig config;
  private final InstantSource clock;

  @Inject
  Responder(
      Issuers issuers,
      Inventory inventory,
      Responders responders,
      Transactions transactions,
      OcspConfig config,
      InstantSource clock) {
    this.issuers = issuers;
    this.inventory = inventory;
    this.responders = responders;
    this.transactions = transactions;
    this.config = config;
    this.clock = clock;
  }

  /** What the route sends: the octets, and until when they are true. Empty: not to be cached. */
  record Answer(Der der, Optional<Instant> nextUpdate) {
    static Answer error(Der der) {
      return new Answer(der, Optional.empty());
    }
  }

  /** An answer to every request: where there is no good one, the protocol's own error. */
  Answer answer(byte[] request) {
    try {
      return answer(OcspRequest.parse(request));
    } catch (PkiException refused) {
      return Answer.error(OcspProblems.response(refused.failure()));
    }
  }

  private Answer answer(OcspRequest request) {
    Issuer issuer = issuerOf(request);
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    ResponderCredential credential = responderOf(issuer);
    Instant nextUpdate = nextUpdate(now, credential);
    List<SingleAnswer> answers = new ArrayList<>(request.ids().size());
    for (CertId id : request.ids()) {
      answers.add(new SingleAnswer(id, status(issuer, id), now, nextUpdate));
    }
    Der der = OcspSigner.sign(issuer, Optional.of(credential), answers, now, request.nonce());
    return new Answer(
        der, request.nonce().isPresent() ? Optional.empty() : Optional.of(nextUpdate));
  }

  /** RFC 5019 s2.2.3: a responder that is not authoritative for the certificate: unauthorized. */
  private Issuer issuerOf(OcspRequest request) {
    Issuer found = null;
    for (CertId id : request.ids()) {
      Issuer issuer =
          issuers
              .matching(id.hashOid(), id.nameHash(), id.keyHash())
              .orElseThrow(
                  () -> new Failure.Forbidden("this issuer", "its own responder").thrown());
      // One signature covers all answers, and a delegated responder speaks for one issuer.
      if (found != null && !found.name().equals(issuer.name())) {
        throw new Failure.Forbidden("several issuers in one request", "one issuer").thrown();
      }
      found = issuer;
    }
    if (found == null) {
      throw new IllegalStateException("the parser lets no empty request through");
    }
    return found;
  }

  private ResponderCredential responderOf(Issuer issuer) {
    return responders
        .current(issuer.name())
        .or(() -> responders.refresh(issuer.name()))
        .orElseThrow(
            () ->
                new Failure.Unavailable(
                        "OCSP responder",
                        "it has no certificate for issuer " + issuer.name(),
                        Duration.ofSeconds(5))
                    .thrown());
  }

  private Instant nextUpdate(Instant now, ResponderCredential credential) {
    Instant end = credential.certificate().validity().notAfter();
    Instant next = now.plus(config.lifetime());
    return next.isAfter(end) ? end : next;
  }

  private SingleAnswer.Status status(Issuer issuer, CertId id) {
    // A number that cannot be a serial of ours was never issued.
    if (id.serial().signum() <= 0 || id.serial().bitLength() > 159) {
      return SingleAnswer.Status.NEVER_ISSUED;
    }
    SerialNumber serial = new SerialNumber(id.serial());
    return transactions
        .call(() -> inventory.find(serial))
        .filter(entry -> entry.issuer().equals(issuer.name()))
        .map(Responder::status)
        .orElse(SingleAnswer.Status.NEVER_ISSUED);
  }

  private static SingleAnswer.Status status(Entry entry) {
    return switch (entry.status()) {
      case CertificateStatus.Good good -> SingleAnswer.Status.GOOD;
      case CertificateStatus.Held held ->
          new SingleAnswer.Status.Revoked(held.since(), RevocationReason.CERTIFICATE_HOLD);
      case CertificateStatus.Revoked revoked ->
          new SingleAnswer.Status.Revoked(revoked.since(), revoked.reason());
    };
  }
}
