package io.chancery.inventory;

import io.chancery.Scope;
import io.chancery.inventory.sql.Sql;
import io.chancery.x509.IssuerName;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The table {@code certificate}. */
@Singleton
class CertificateRows implements PanacheRepositoryBase<CertificateRow, String> {
  private static final String OWN = "certificate";

  /**
   * The same rows past row security, and none unless the scope is all: under a policy neither "@>"
   * nor "like" may look into its index before the policy has spoken.
   */
  private static final String ALL = "certificate_for_all";

  private static final String ADD =
      """
      insert into certificate (serial, issuer, profile, organization, requester, contact, replaces,
        subject, names, key_thumbprint, key_algorithm, not_before, not_after, issued_at, der,
        crl_shard)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private final Sql sql;

  @Inject
  CertificateRows(Sql sql) {
    this.sql = sql;
  }

  /** One row more than the limit, so that the caller sees whether there is a next page. */
  List<CertificateRow> search(Query query, Instant now) {
    List<String> where = new ArrayList<>(List.of("true"));
    Map<String, Object> values = new HashMap<>();
    if (query.organization().isEmpty() && query.name().isEmpty() && query.key().isEmpty()) {
      // One a minute, of no interest to whoever looks for certificates of others.
      where.add("requester <> 'authority:canary'");
    }
    BiConsumer<String, Object> and =
        (condition, value) -> {
          where.add(condition);
          values.put(condition.replaceFirst("(?s).*?:(\\w+).*", "$1"), value);
        };
    query.organization().ifPresent(id -> and.accept("organization = :organization", id.value()));
    query.name().ifPresent(name -> and.accept("names @> array[cast(:name as text)]", name));
    query.subject().ifPresent(text -> and.accept("subject like :subject escape '!'", prefix(text)));
    query.profile().ifPresent(name -> and.accept("profile = :profile", name));
    query.issuer().ifPresent(name -> and.accept("issuer = :issuer", name));
    query.key().ifPresent(key -> and.accept("key_thumbprint = :key", key.hex()));
    query.expiresFrom().ifPresent(at -> and.accept("not_after >= :from", at));
    query.expiresUntil().ifPresent(at -> and.accept("not_after < :until", at));
    query.status().ifPresent(status -> status(where, and, status, now));
    query
        .after()
        .ifPresent(
            cursor -> {
              and.accept("(issued_at, serial) < (:at, :serial)", cursor.issuedAt());
              values.put("serial", cursor.serial().hex());
            });
    var found =
        getEntityManager()
            .createNativeQuery(
                "select * from "
                    + (Scope.current().equals(Scope.ALL) ? ALL : OWN)
                    + " where "
                    + String.join(" and ", where)
                    + " order by issued_at desc, serial desc",
                CertificateRow.class)
            .setMaxResults(query.limit() + 1);
    values.forEach(found::setParameter);
    List<?> rows = found.getResultList();
    return rows.stream().map(CertificateRow.class::cast).toList();
  }

  /**
   * The row, locked until the transaction ends, as it is once the lock is held: one that this
   * transaction has read before would otherwise be what it was before others changed it. What this
   * transaction has written itself goes out first: the row may be among it.
   */
  Optional<CertificateRow> locked(String serial) {
    Optional<CertificateRow> row = findByIdOptional(serial);
    flush();
    row.ifPresent(one -> getEntityManager().refresh(one, LockModeType.PESSIMISTIC_WRITE));
    return row;
  }

  /** In one statement: between two, a reservation would become a certificate and be missed. */
  long inForce(String organization, String profile, Instant now) {
    return (Long)
        getEntityManager()
            .createNativeQuery(
                "select (select count(*) from certificate where organization = :organization"
                    + " and profile = :profile and status <> 'revoked' and not_after > :now)"
                    + " + (select count(*) from reservation where organization = :organization"
                    + " and profile = :profile and abandoned_at is null)",
                Long.class)
            .setParameter("organization", organization)
            .setParameter("profile", profile)
            .setParameter("now", now)
            .getSingleResult();
  }

  /** One of these serials with which a certificate was ever made, for whomever. */
  Optional<String> used(List<String> serials) {
    return sql
        .query(
            "select serial from unnest(?) as new (serial) where serial_was_used(serial) limit 1",
            row -> row.getString(1),
            serials)
        .stream()
        .findFirst();
  }

  void add(List<CertificateRow> rows) {
    sql.updateEach(ADD, rows.stream().map(CertificateRows::values).toList());
  }

  /** A new one is good: what says otherwise is not written. */
  private static List<@Nullable Object> values(CertificateRow row) {
    List<@Nullable Object> values = new ArrayList<>();
    values.add(row.serial);
    values.add(row.issuer);
    values.add(row.profile);
    values.add(row.organization);
    values.add(row.requester);
    values.add(row.contact);
    values.add(row.replaces);
    values.add(row.subject);
    values.add(List.of(row.names));
    values.add(row.keyThumbprint);
    values.add(row.keyAlgorithm);
    values.add(row.notBefore);
    values.add(row.notAfter);
    values.add(row.issuedAt);
    values.add(row.der);
    values.add(row.crlShard);
    return values;
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
      List<String> where, BiConsumer<String, Object> and, Query.Status status, Instant now) {
    switch (status) {
      case GOOD -> {
        where.add("status = 'good'");
        and.accept("not_after >= :now", now);
      }
      case HELD -> where.add("status = 'held'");
      case REVOKED -> where.add("status = 'revoked'");
      case EXPIRED -> and.accept("not_after < :now", now);
    }
  }

  private static String prefix(String text) {
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
  }
}
