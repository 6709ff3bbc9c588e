package io.chancery.ocsp;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.hsm.Hsm;
import io.chancery.hsm.SigningKey;
import io.chancery.inventory.Entry;
import io.chancery.inventory.Inventory;
import io.chancery.inventory.Transactions;
import io.chancery.issuance.AnswerSigner;
import io.chancery.issuance.AuthorityFile;
import io.chancery.issuance.Issuer;
import io.chancery.issuance.Issuers;
import io.chancery.issuance.ResponderCredential;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Ledger;
import io.chancery.x509.IssuerName;
import io.chancery.x509.SerialNumber;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who signs for an issuer (RFC 6960 s4.2.2.2): a delegated responder, with a certificate and a key
 * of its own, or the issuer itself where {@code authority.yaml} names no other key.
 */
@Singleton
public final class Responders {
  private final ResponderRows rows;
  private final Inventory inventory;
  private final Ledger ledger;
  private final Hsm hsm;
  private final Transactions transactions;
  private final InstantSource clock;
  private final Issuers issuers;
  private final ConcurrentHashMap<IssuerName, ResponderCredential> inUse =
      new ConcurrentHashMap<>();
  private final ConcurrentHashMap<IssuerName, AnswerSigner> signers = new ConcurrentHashMap<>();

  @Inject
  Responders(
      ResponderRows rows,
      Inventory inventory,
      Ledger ledger,
      Hsm hsm,
      Transactions transactions,
      InstantSource clock,
      Issuers issuers,
      AuthorityFile authority) {
    this.rows = rows;
    this.inventory = inventory;
    this.ledger = ledger;
    this.hsm = hsm;
    this.transactions = transactions;
    this.clock = clock;
    this.issuers = issuers;
    for (AuthorityFile.Entry entry : authority.issuers()) {
      if (entry.responderKey().isEmpty()) {
        signers.put(entry.name(), AnswerSigner.itself(issuers.named(entry.name())));
      }
    }
  }

  /** Who signs now; {@code Unavailable} while a delegate has no certificate. */
  public AnswerSigner signer(Issuer issuer) {
    AnswerSigner signer = signers.get(issuer.name());
    if (signer != null && clock.instant().isBefore(signer.end())) {
      return signer;
    }
    if (refresh(issuer.name()).isEmpty()) {
      throw none(issuer.name());
    }
    AnswerSigner found = signers.get(issuer.name());
    if (found == null) {
      throw none(issuer.name());
    }
    return found;
  }

  /** The one in use here, if there is one that has not ended. */
  public Optional<ResponderCredential> current(IssuerName issuer) {
    Instant now = clock.instant();
    return Optional.ofNullable(inUse.get(issuer))
        .filter(credential -> credential.certificate().validity().holds(now));
  }

  /** The one that the book names; another replica may have put it there. */
  public Optional<ResponderCredential> refresh(IssuerName issuer) {
    Optional<Entry> entry =
        transactions.call(
            () ->
                rows.findByIdOptional(issuer.value())
                    .map(row -> inventory.entry(SerialNumber.parse(row.serial))));
    entry.ifPresent(known -> put(issuer, known));
    return current(issuer);
  }

  /** From now on this certificate's key signs for the issuer, on every replica. */
  public void use(IssuerName issuer, Entry certificate) {
    ResponderCredential credential = credential(certificate);
    transactions.run(
        () -> {
          Instant now = clock.instant();
          rows.set(issuer.value(), certificate.serial().hex(), now);
          ledger.append(
              Event.of(
                  now,
                  EventKind.RESPONDER_CHANGED,
                  new Caller.Authority("ocsp"),
                  issuer.value(),
                  "serial",
                  certificate.serial().hex()));
        });
    put(issuer, credential);
  }

  private void put(IssuerName issuer, Entry entry) {
    ResponderCredential known = inUse.get(issuer);
    // The same certificate keeps its signer, and with it the count of what was verified.
    if (known == null || !known.certificate().equals(entry.certificate())) {
      put(issuer, credential(entry));
    }
  }

  private void put(IssuerName issuer, ResponderCredential credential) {
    inUse.put(issuer, credential);
    signers.put(issuer, AnswerSigner.delegated(issuers.named(issuer), credential));
  }

  private ResponderCredential credential(Entry entry) {
    SigningKey key = hsm.key(entry.certificate().key().keyId());
    return new ResponderCredential(entry.certificate(), key);
  }

  private static PkiException none(IssuerName issuer) {
    return new Failure.Unavailable(
            "OCSP responder", "it has no certificate for issuer " + issuer, Duration.ofSeconds(5))
        .thrown();
  }
}
