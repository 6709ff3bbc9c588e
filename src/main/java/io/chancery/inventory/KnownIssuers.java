package io.chancery.inventory;

import io.chancery.Failure;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.IssuerName;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which issuers this book is of. An authority with other keys must not write into it: its serials,
 * CRLs and responders would be mixed with those of the authority that the book belongs to.
 */
@Singleton
public final class KnownIssuers {
  private final IssuerRows rows;
  private final Transactions transactions;
  private final InstantSource clock;

  @Inject
  KnownIssuers(IssuerRows rows, Transactions transactions, InstantSource clock) {
    this.rows = rows;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Enters a new issuer with the chain above it, for status nodes; refuses the start of one that
   * has another certificate in the book.
   */
  public void mustBe(
      IssuerName name, IssuedCertificate certificate, List<IssuedCertificate> chain) {
    transactions.run(
        () -> {
          IssuerRow row =
              rows.findByIdOptional(name.value()).orElseGet(() -> enter(name, certificate));
          mustBeTheSame(row, certificate);
          row.papers =
              Stream.concat(Stream.of(certificate), chain.stream())
                  .map(IssuedCertificate::pem)
                  .collect(Collectors.joining());
        });
  }

  private static void mustBeTheSame(IssuerRow row, IssuedCertificate certificate) {
    if (!row.certificate.equals(certificate.thumbprint().hex())) {
      throw new Failure.Misconfigured(
              "issuer " + row.name,
              "this database belongs to an issuer of this name with another certificate (SHA-256 "
                  + row.certificate
                  + ")",
              "use the authority and the token that belong to this database (of another `up`: a copy"
                  + " of its data directory without pg/), or an empty database")
          .thrown();
    }
  }

  private IssuerRow enter(IssuerName name, IssuedCertificate certificate) {
    IssuerRow row = new IssuerRow();
    row.name = name.value();
    row.certificate = certificate.thumbprint().hex();
    row.knownSince = clock.instant();
    rows.persist(row);
    return row;
  }
}
