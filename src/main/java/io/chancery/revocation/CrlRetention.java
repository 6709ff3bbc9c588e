package io.chancery.revocation;

import io.chancery.x509.IssuerName;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** What a new CRL makes superfluous, and what it has shown. */
@Singleton
final class CrlRetention {
  private final CrlBook book;

  @Inject
  CrlRetention(CrlBook book) {
    this.book = book;
  }

  /**
   * Forgets the octets of all but this CRL and the one before it, and of a CRL that nothing builds
   * on any more all the rest.
   */
  void forgetBefore(PublishedCrl crl) {
    CrlSlot slot = crl.slot();
    String issuer = slot.issuer().value();
    String scope = slot.scope().text();
    boolean complete = !slot.isDelta();
    String before =
        book.text(
                "select coalesce(max(number), 0) from crl where issuer = ? and scope = ?"
                    + " and (base is null) = ? and number < ?",
                issuer,
                scope,
                complete,
                crl.number())
            .orElse("0");
    book.update(
        "delete from crl_part p where p.issuer = ? and p.scope = ? and p.number < ?::bigint"
            + " and (select c.base is null from crl c where c.issuer = p.issuer"
            + " and c.scope = p.scope and c.number = p.number) = ?",
        issuer,
        scope,
        before,
        complete);
    boolean isBase = complete && slot.scope().isWhole();
    book.update(
        "delete from crl where issuer = ? and scope = ? and number < ?::bigint"
            + " and (base is null) = ?"
            + (isBase ? " and next_update < now()" : ""),
        issuer,
        scope,
        before,
        complete);
  }

  /** Marks the changes that the whole issuer's CRLs show from this number on. */
  void shown(PublishedCrl crl, String snapshot) {
    book.update(
        "update status_change set crl_number = ? where crl_number is null and issuer = ?"
            + " and pg_visible_in_snapshot(xact, ?::pg_snapshot)",
        crl.number(),
        crl.slot().issuer().value(),
        snapshot);
  }

  /**
   * RFC 5280 s3.3: an entry stays until one CRL issued after the certificate's end has shown it, in
   * each scope that lists it.
   */
  void forgetExpired(IssuerName issuer) {
    book.update(
        """
        with newest as (
          select s.scope, c.this_update, c.snapshot from crl_series s cross join lateral (
            select this_update, snapshot from crl where issuer = s.issuer and scope = s.scope
              and base is null order by number desc limit 1) c
          where s.issuer = ?)
        delete from revoked r using newest w
        where r.issuer = ? and w.scope = '' and r.not_after < w.this_update
          and pg_visible_in_snapshot(r.xact, w.snapshot)
          and (r.shard is null or exists (select from newest s
            where s.scope = r.shard::text and r.not_after < s.this_update
              and pg_visible_in_snapshot(r.xact, s.snapshot)))
        """,
        issuer.value(),
        issuer.value());
  }

  /**
   * A database that was restored somewhere else holds transactions that are still to come there:
   * what its CRLs had seen is not known any more.
   */
  void adopt() {
    int restored =
        book.update(
            "update crl set snapshot = null"
                + " where pg_snapshot_xmax(snapshot) > pg_snapshot_xmax(pg_current_snapshot())");
    if (restored > 0) {
      book.update(
          "update revoked set xact = pg_current_xact_id()"
              + " where xact >= pg_snapshot_xmax(pg_current_snapshot())");
    }
  }
}
