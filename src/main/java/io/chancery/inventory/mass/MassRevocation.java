package io.chancery.inventory.mass;

import io.chancery.OrganizationId;
import io.chancery.inventory.Transactions;
import io.chancery.x509.RevocationReason;
import io.chancery.x509.SerialNumber;
import io.chancery.x509.Thumbprint;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Revokes many certificates in the transaction that is open: rows, what CRLs list, and the changes
 * that readers follow, in one statement. Readers see all of it or nothing.
 */
@Singleton
public final class MassRevocation {
  /** In one order, so that two who revoke at once wait for each other and no more. */
  private static final String LOCK =
      "select serial from certificate c where %s order by serial for update";

  // What is on hold has been answered as revoked since the hold began: that date stands.
  private static final String REVOKE =
      """
      with done as (
        update certificate c set status = 'revoked', status_version = status_version + 1,
          status_since = coalesce(status_since, ?), reason = ?,
          invalidity_date = coalesce(?::timestamptz, invalidity_date)
        where c.serial = any (?) and %s
        returning c.serial, c.issuer, c.crl_shard, c.organization, c.not_after, c.status_version,
          c.status_since, c.reason, c.invalidity_date),
      listed as (
        insert into revoked (issuer, serial, shard, reason, since, invalidity_date, not_after)
        select issuer, serial, crl_shard, reason, status_since, invalidity_date, not_after from done
        on conflict (issuer, serial) do update set reason = excluded.reason, since = excluded.since,
          invalidity_date = excluded.invalidity_date, xact = excluded.xact),
      told as (
        insert into status_change (issuer, serial, version, at)
        select issuer, serial, status_version, ? from done order by serial)
      select serial, organization, status_version, status_since, invalidity_date from done
      order by serial
      """;
  private static final String CAN_BE_REVOKED = "c.status <> 'revoked' and c.not_after > ?";

  // RFC 5280 s5.3.1 asks for the most telling reason: keyCompromise takes the place of any other.
  private static final String KEY_IS_KNOWN = "(c.status <> 'revoked' or c.reason <> 1)";

  private static final String LEFT =
      """
      select serial, case when status = 'revoked' then 'revoked-before'
          when not_after <= ? then 'expired' else 'no-successor' end
      from certificate where serial = any (?) order by serial
      """;

  private final Jdbc jdbc;

  @Inject
  MassRevocation(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  /** Why and since when. */
  public record Terms(RevocationReason reason, Optional<Instant> invalidityDate, Instant at) {}

  /** A certificate as it is now. */
  public record Revoked(
      SerialNumber serial,
      OrganizationId organization,
      int version,
      Instant since,
      Optional<Instant> invalidityDate) {}

  /** A certificate that was not revoked, and why. */
  public record Left(String serial, String why) {}

  /** These, as far as they are neither revoked nor expired. */
  public List<Revoked> revoke(Collection<String> serials, Terms terms) {
    Transactions.mustBeOpen();
    jdbc.query(LOCK.formatted("serial = any (?)"), row -> true, List.of(serials));
    return jdbc.query(
        REVOKE.formatted(CAN_BE_REVOKED),
        MassRevocation::revoked,
        values(serials, terms, terms.at()));
  }

  /** Every certificate with a key that others know, expired ones too. */
  public List<Revoked> revoke(Thumbprint key, Optional<Instant> invalidityDate, Instant at) {
    Transactions.mustBeOpen();
    List<String> serials =
        jdbc.query(
            LOCK.formatted("key_thumbprint = ?"), row -> row.getString(1), List.of(key.hex()));
    return jdbc.query(
        REVOKE.formatted(KEY_IS_KNOWN),
        MassRevocation::revoked,
        values(serials, new Terms(RevocationReason.KEY_COMPROMISE, invalidityDate, at)));
  }

  /**
   * Why these were left as they are: one that could be revoked was left for want of a successor.
   */
  public List<Left> left(Collection<String> serials, Instant at) {
    return jdbc.query(
        LEFT, row -> new Left(row.getString(1), row.getString(2)), List.of(at, serials));
  }

  private static List<@Nullable Object> values(
      Collection<String> serials, Terms terms, Object... more) {
    List<@Nullable Object> values = new ArrayList<>();
    values.add(terms.at());
    values.add((short) terms.reason().code());
    values.add(terms.invalidityDate().map(Instant::toString).orElse(null));
    values.add(serials);
    values.addAll(Arrays.asList(more));
    values.add(terms.at());
    return values;
  }

  private static Revoked revoked(ResultSet row) throws SQLException {
    @Nullable OffsetDateTime date = row.getObject(5, OffsetDateTime.class);
    return new Revoked(
        SerialNumber.parse(row.getString(1)),
        new OrganizationId(row.getString(2)),
        row.getInt(3),
        row.getObject(4, OffsetDateTime.class).toInstant(),
        Optional.ofNullable(date).map(OffsetDateTime::toInstant));
  }
}
