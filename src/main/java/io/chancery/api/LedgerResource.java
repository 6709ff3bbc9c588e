package io.chancery.api;

import static io.chancery.Role.ADMIN;
import static io.chancery.Role.AUDITOR;

import io.chancery.inventory.Transactions;
import io.chancery.ledger.Ledger;
import io.chancery.ledger.Recorded;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The roll, for auditors. */
@Path("/v1/ledger/entries")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class LedgerResource {
  private static final int MOST = 500;

  private final Ledger ledger;
  private final Transactions transactions;

  @Inject
  LedgerResource(Ledger ledger, Transactions transactions) {
    this.ledger = ledger;
    this.transactions = transactions;
  }

  /** An entry: {@code body} is the canonical JSON text that {@code hash} (SHA-256) is over. */
  public record LedgerEntryView(
      long id, Instant at, String kind, String actor, String body, String hash) {
    static LedgerEntryView of(Recorded entry) {
      return new LedgerEntryView(
          entry.id(),
          entry.at(),
          entry.kind().name(),
          entry.actor(),
          entry.body(),
          entry.hash().hex());
    }
  }

  /** A list of entries. */
  public record LedgerEntriesView(List<LedgerEntryView> items) {}

  /** What is on the roll about a subject (a serial, an issuer, an organization), oldest first. */
  @GET
  @Allow(
      value = {AUDITOR, ADMIN},
      forAll = true)
  public LedgerEntriesView about(@QueryParam("subject") @Nullable String subject) {
    String about = OneLine.of("subject", CertificateAsk.present("subject", subject));
    return new LedgerEntriesView(
        transactions.call(() -> ledger.about(about, MOST)).stream()
            .map(LedgerEntryView::of)
            .toList());
  }
}
