package io.chancery.api;

import static io.chancery.Role.ADMIN;
import static io.chancery.Role.APPROVER;
import static io.chancery.Role.AUDITOR;
import static io.chancery.Role.OPERATOR;
import static io.chancery.Role.REQUESTER;
import static io.chancery.Role.SERVICE;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.inventory.Entry;
import io.chancery.inventory.Inventory;
import io.chancery.inventory.Transactions;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Proofs;
import io.chancery.x509.SerialNumber;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;

/** That a certificate is on the roll. */
@Path("/v1/certificates/{serial}/proof")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ProofResource {
  /** A certificate that was issued just now is under a checkpoint within a second or two. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Proofs proofs;
  private final Inventory inventory;
  private final Transactions transactions;
  private final Callers callers;

  @Inject
  ProofResource(Proofs proofs, Inventory inventory, Transactions transactions, Callers callers) {
    this.proofs = proofs;
    this.inventory = inventory;
    this.transactions = transactions;
    this.callers = callers;
  }

  /** The inclusion proof of the entry that says that the certificate was issued. */
  @GET
  @Allow({SERVICE, REQUESTER, APPROVER, OPERATOR, AUDITOR, ADMIN})
  public ProofView proof(@PathParam("serial") String text) {
    SerialNumber serial = SerialNumber.parse(text);
    Caller caller = callers.current();
    Entry certificate =
        transactions
            .call(() -> inventory.find(serial))
            .filter(entry -> caller.mayRead(entry.organization()))
            .orElseThrow(() -> new Failure.NotFound("certificate", serial.hex()).thrown());
    return proofs
        .await(EventKind.CERTIFICATE_ISSUED, certificate.serial().hex(), PATIENCE)
        .map(ProofView::of)
        .orElseThrow(
            () ->
                new Failure.Unavailable(
                        "the proof", "no checkpoint covers its entry yet", Duration.ofSeconds(2))
                    .thrown());
  }
}
