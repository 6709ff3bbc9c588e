package io.chancery.ocsp;

import io.chancery.Caller;
import io.chancery.hsm.Hsm;
import io.chancery.hsm.SigningKey;
import io.chancery.inventory.Entry;
import io.chancery.inventory.Inventory;
import io.chancery.inventory.Transactions;
import io.chancery.issuance.ResponderCredential;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Ledger;
import io.chancery.x509.IssuerName;
import io.chancery.x509.SerialNumber;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which delegated responder signs for an issuer (RFC 6960 s4.2.2.2): a certificate and its key. */
@Singleton
public final class Responders {
  private final ResponderRows rows;
  private final Inventory inventory;
  private final Ledger ledger;
  private final Hsm hsm;
  private final Transactions transactions;
  private final InstantSource clock;
  private final ConcurrentHashMap<IssuerName, ResponderCredential> inUse =
      new ConcurrentHashMap<>();

  @Inject
  Responders(
      ResponderRows rows,
      Inventory inventory,
      Ledger ledger,
      Hsm hsm,
      Transactions transactions,
      InstantSource clock) {
    this.rows = rows;
    this.inventory = inventory;
    this.ledger = ledger;
    this.hsm = hsm;
    this.transactions = transactions;
    this.clock = clock;
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
    entry.ifPresent(known -> inUse.put(issuer, credential(known)));
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
    inUse.put(issuer, credential);
  }

  private ResponderCredential credential(Entry entry) {
    SigningKey key = hsm.key(entry.certificate().key().keyId());
    return new ResponderCredential(entry.certificate(), key);
  }
}
