package io.chancery.inventory;

import io.chancery.Scope;
import io.chancery.x509.IssuerName;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table {@code certificate}. */
@Singleton
class CertificateRows implements PanacheRepositoryBase<CertificateRow, String> {
  /** array_contains would cast to varchar[], which no operator compares with text[]. */
  private static final String HAS_NAME =
      "cast(sql('(? @> array[cast(? as text)])', names, :name) as Boolean) = true";

  private static final String BEGINS = "subject like :subject escape '!'";

  /** One row more than the limit, so that the caller sees whether there is a next page. */
  List<CertificateRow> search(Query query, Instant now) {
    StringBuilder where = new StringBuilder("1 = 1");
    Parameters values = new Parameters();
    if (query.organization().isEmpty() && query.name().isEmpty() && query.key().isEmpty()) {
      // One a minute, of no interest to whoever looks for certificates of others.
      where.append(" and requester <> 'authority:canary'");
    }
    query
        .organization()
        .ifPresent(
            id -> and(where, values, "organization = :organization", "organization", id.value()));
    query.name().ifPresent(name -> and(where, values, indexed(HAS_NAME), "name", name));
    query.subject().ifPresent(text -> and(where, values, indexed(BEGINS), "subject", prefix(text)));
    query.profile().ifPresent(name -> and(where, values, "profile = :profile", "profile", name));
    query.issuer().ifPresent(name -> and(where, values, "issuer = :issuer", "issuer", name));
    query.key().ifPresent(key -> and(where, values, "keyThumbprint = :key", "key", key.hex()));
    query.expiresFrom().ifPresent(at -> and(where, values, "notAfter >= :from", "from", at));
    query.expiresUntil().ifPresent(at -> and(where, values, "notAfter < :until", "until", at));
    query.status().ifPresent(status -> status(where, values, status, now));
    query
        .after()
        .ifPresent(
            cursor -> {
              and(where, values, "(issuedAt, serial) < (:at, :serial)", "at", cursor.issuedAt());
              values.and("serial", cursor.serial().hex());
            });
    return find(where + " order by issuedAt desc, serial desc", values)
        .page(0, query.limit() + 1)
        .list();
  }

  /**
   * The row, locked until the transaction ends, as it is once the lock is held: one that this
   * transaction has read before would otherwise be what it was before others changed it.
   */
  Optional<CertificateRow> locked(String serial) {
    Optional<CertificateRow> row = findByIdOptional(serial);
    row.ifPresent(one -> getEntityManager().refresh(one, LockModeType.PESSIMISTIC_WRITE));
    return row;
  }

  /** Whether a certificate was ever made with this serial, for whomever. */
  boolean wasUsed(String serial) {
    return (Boolean)
        getEntityManager()
            .createNativeQuery("select serial_was_used(:serial)", Boolean.class)
            .setParameter("serial", serial)
            .getSingleResult();
  }

  /** A certificate of whomever that was revoked because this key is known to others. */
  Optional<String> compromised(String thumbprint) {
    return Optional.ofNullable(
        (String)
            getEntityManager()
                .createNativeQuery("select compromised_certificate(:key)", String.class)
                .setParameter("key", thumbprint)
                .getSingleResultOrNull());
  }

  List<CertificateRow> unreplacedEnding(Instant now, Instant until, int limit) {
    return find(
            "from CertificateRow c where c.status = 'good' and c.notAfter >= ?1 and c.notAfter < ?2"
                // Two questions, each with an index of its own; joined by "or" they would read the
                // whole table for every row.
                + " and not exists (from CertificateRow n where n.status = 'good'"
                + " and n.notAfter > c.notAfter and n.replaces = c.serial)"
                + " and not exists (from CertificateRow n where n.status = 'good'"
                + " and n.notAfter > c.notAfter"
                + " and n.subject = c.subject and array_includes(n.names, c.names)"
                + " and n.organization = c.organization and n.profile = c.profile)"
                + " order by c.notAfter",
            now,
            until)
        .page(0, limit)
        .list();
  }

  /** From shard to shard over the index, however many certificates are in each. */
  List<Shard> shardsInUse() {
    List<?> rows =
        getEntityManager()
            .createNativeQuery(
                """
                with recursive shard as (
                  (select issuer, crl_shard from certificate where crl_shard is not null
                    order by issuer, crl_shard limit 1)
                  union all
                  select next.issuer, next.crl_shard from shard, lateral (
                    select c.issuer, c.crl_shard from certificate c where c.crl_shard is not null
                      and (c.issuer, c.crl_shard) > (shard.issuer, shard.crl_shard)
                    order by c.issuer, c.crl_shard limit 1) next
                )
                select issuer, cast(crl_shard as integer) from shard where exists (
                  select 1 from certificate c where c.issuer = shard.issuer
                    and c.crl_shard = shard.crl_shard and c.not_after > now())
                """,
                Object[].class)
            .getResultList();
    return rows.stream()
        .map(Object[].class::cast)
        .map(row -> new Shard(new IssuerName((String) row[0]), (Integer) row[1]))
        .toList();
  }

  private static void status(
      StringBuilder where, Parameters values, Query.Status status, Instant now) {
    switch (status) {
      case GOOD -> and(where, values, "status = 'good' and notAfter >= :now", "now", now);
      case HELD -> where.append(" and status = 'held'");
      case REVOKED -> where.append(" and status = 'revoked'");
      case EXPIRED -> and(where, values, "notAfter < :now", "now", now);
    }
  }

  private static void and(
      StringBuilder where, Parameters values, String condition, String name, Object value) {
    where.append(" and ").append(condition);
    values.and(name, value);
  }

  /**
   * Under row security neither condition may look into its index before the policy has spoken. Who
   * sees all looks there first; who sees its own has few enough to look through.
   */
  private static String indexed(String condition) {
    return Scope.current().equals(Scope.ALL)
        ? "serial in (select serial from CertificateSearchRow where " + condition + ")"
        : condition;
  }

  private static String prefix(String text) {
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
  }
}
