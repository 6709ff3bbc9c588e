package io.chancery.inventory;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;

/** The table {@code revoked}: what CRLs list, beside the certificates; plain SQL for the upsert. */
@Singleton
class RevokedRows {
  private static final String LIST =
      """
      insert into revoked (issuer, serial, shard, reason, since, invalidity_date, not_after)
      select issuer, serial, crl_shard, case status when 'held' then 6 else reason end,
        status_since, invalidity_date, not_after
      from certificate where serial = :serial and status <> 'good'
      on conflict (issuer, serial) do update set reason = excluded.reason, since = excluded.since,
        invalidity_date = excluded.invalidity_date, xact = excluded.xact
      """;

  private static final String FORGET =
      "delete from revoked where issuer = :issuer and serial = :serial";

  private final EntityManager entities;

  @Inject
  RevokedRows(EntityManager entities) {
    this.entities = entities;
  }

  /** As the certificate's row has it now; belongs into the same transaction. */
  void set(CertificateRow row) {
    entities.flush();
    if (row.status.equals(CertificateRow.StatusText.GOOD)) {
      entities
          .createNativeQuery(FORGET)
          .setParameter("issuer", row.issuer)
          .setParameter("serial", row.serial)
          .executeUpdate();
    } else {
      entities.createNativeQuery(LIST).setParameter("serial", row.serial).executeUpdate();
    }
  }
}
