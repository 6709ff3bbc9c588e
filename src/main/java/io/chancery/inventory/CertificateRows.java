package io.chancery.inventory;

import io.chancery.OrganizationId;
import io.chancery.inventory.sql.Sql;
import io.chancery.inventory.sql.Sql.Column;
import io.chancery.inventory.sql.Trip;
import io.chancery.x509.IssuerName;
import io.chancery.x509.SerialNumber;
import io.chancery.x509.Validity;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** The table {@code certificate}. */
@Singleton
class CertificateRows implements PanacheRepositoryBase<CertificateRow, String> {
  private static final String NEWER =
      "n.status = 'good' and n.not_after > c.not_after and n.organization = c.organization"
          + " and n.profile = c.profile and n.subject = c.subject";

  private static final String UNREPLACED =
      """
      select c.serial, c.organization, coalesce(c.names[1], c.subject) as title,
        c.not_before, c.not_after from {book} c
      where c.status = 'good' and c.not_after >= ? and c.not_after < ?
        and not exists (select from {book} n where n.replaces = c.serial
          and n.status = 'good' and n.not_after > c.not_after offset 0)
        and not exists (select from {book} n
          where hashtextextended(n.names[1], 0) = hashtextextended(c.names[1], 0)
          and n.names @> c.names and {newer} offset 0)
        and (cardinality(c.names) = 0 or not exists (select from {book} n
          where cardinality(n.names) > 1 and n.names @> c.names[1:1]
          and n.names @> c.names and {newer} offset 0))
        and (cardinality(c.names) > 0 or not exists (select from {book} n where {newer} offset 0))
      order by c.not_after limit ?
      """;

  /**
   * Of two that try to take a reservation, the second waits, takes none, and enters none. A new one
   * is good: what says otherwise is not written.
   */
  private static final String ADD =
      """
      with taken as (
        delete from reservation where serial = any (?) and abandoned_at is null returning serial
      )
      insert into certificate (serial, issuer, profile, organization, requester, contact, replaces,
        subject, names, key_thumbprint, key_algorithm, not_before, not_after, issued_at, der,
        crl_shard)
      select serial, issuer, profile, organization, requester, contact, replaces, subject,
        cast(names as text[]), key, algorithm, not_before, not_after, issued_at, der,
        cast(shard as smallint)
      from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as new (serial, issuer, profile,
        organization, requester, contact, replaces, subject, names, key, algorithm, not_before,
        not_after, issued_at, der, shard) join taken using (serial)
      """;

  private static final String USED = "select serials_used(?) limit 1";

  /** What a search finds, newest first or the last to end first, and where the next page begins. */
  SearchRows.Found search(Query query, Instant now) {
    return new SearchRows(getEntityManager(), query, now).page();
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

  /** Told one of these serials with which a certificate was ever made, for whomever. */
  void ifUsed(List<String> serials, Consumer<String> used, Trip trip) {
    trip.query(
        USED,
        row -> row.getString(1),
        found -> found.stream().findFirst().ifPresent(used),
        serials);
  }

  /** Each in the place of its open reservation; told how many had one. */
  void add(List<CertificateRow> rows, IntConsumer added, Trip trip) {
    List<String> serials = rows.stream().map(row -> row.serial).toList();
    trip.update(
        ADD,
        added,
        serials,
        serials,
        Column.texts(rows, row -> row.issuer),
        Column.texts(rows, row -> row.profile),
        Column.texts(rows, row -> row.organization),
        Column.texts(rows, row -> row.requester),
        Column.texts(rows, row -> row.contact),
        Column.maybeTexts(rows, row -> Optional.ofNullable(row.replaces)),
        Column.texts(rows, row -> row.subject),
        Column.lists(rows, row -> List.of(row.names)),
        Column.texts(rows, row -> row.keyThumbprint),
        Column.texts(rows, row -> row.keyAlgorithm),
        Column.times(rows, row -> row.notBefore),
        Column.times(rows, row -> row.notAfter),
        Column.times(rows, row -> row.issuedAt),
        Column.octets(rows, row -> row.der),
        Column.numbers(rows, row -> row.crlShard == null ? null : row.crlShard.intValue()));
  }

  /**
   * Each condition is one look into one index for a row that ends soon ("offset 0" keeps it so): a
   * join would read all that is in force. Whoever has all names of another has its first one.
   */
  List<Inventory.Ending> unreplacedEnding(Sql sql, Instant now, Instant until, int limit) {
    return sql.query(
        UNREPLACED.replace("{book}", SearchRows.book()).replace("{newer}", NEWER),
        CertificateRows::ending,
        now,
        until,
        limit);
  }

  private static Inventory.Ending ending(ResultSet row) throws SQLException {
    return new Inventory.Ending(
        SerialNumber.parse(row.getString("serial")),
        new OrganizationId(row.getString("organization")),
        row.getString("title"),
        new Validity(
            Sql.time(row, "not_before").orElseThrow(), Sql.time(row, "not_after").orElseThrow()));
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
}
