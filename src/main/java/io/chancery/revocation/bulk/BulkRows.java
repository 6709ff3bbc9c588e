package io.chancery.revocation.bulk;

import io.chancery.OrganizationId;
import io.chancery.inventory.Transactions;
import io.chancery.inventory.mass.MassRevocation;
import io.chancery.inventory.mass.Selection;
import io.chancery.inventory.sql.Sql;
import io.chancery.x509.RevocationReason;
import io.chancery.x509.Thumbprint;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The tables {@code bulk_revocation} and {@code bulk_revocation_left}. */
@Singleton
class BulkRows {
  private static final String COLUMNS =
      """
      select id, organization, listed_by, listed_at, selection, list_hash, size, reason,
        invalidity_date, replace_until, deadline, state, why, approved_at, done_at, revoked,
        list_millis, step_millis
      from bulk_revocation
      """;
  private static final String ADD =
      """
      insert into bulk_revocation (id, organization, listed_by, listed_at, selection, list,
        list_hash, size, reason, invalidity_date, replace_until, deadline, state, list_millis)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'listed', ?) on conflict do nothing
      """;
  private static final String LEFT =
      """
      insert into bulk_revocation_left (bulk, serial, why)
      select ?, serial, why from unnest(?::text[], ?::text[]) as l (serial, why)
      on conflict (bulk, serial) do update set why = excluded.why
      """;

  private final Sql sql;

  @Inject
  BulkRows(Sql sql) {
    this.sql = sql;
  }

  void add(Bulk bulk, String list) {
    Transactions.mustBeOpen();
    sql.update(
        ADD,
        bulk.id(),
        bulk.organization().value(),
        bulk.listedBy(),
        bulk.listedAt(),
        bulk.selection().text(),
        list,
        bulk.hash().hex(),
        bulk.size(),
        (short) bulk.plan().reason().code(),
        bulk.plan().invalidityDate(),
        bulk.plan().grace().map(Plan.Grace::replaceUntil),
        bulk.plan().grace().map(Plan.Grace::deadline),
        bulk.progress().listMillis());
  }

  Optional<Bulk> find(UUID id) {
    return sql.query(COLUMNS + "where id = ?", BulkRows::bulk, id).stream().findFirst();
  }

  /** The row as nobody else can change it until this transaction ends. */
  Optional<Bulk> locked(UUID id) {
    Transactions.mustBeOpen();
    return sql.query(COLUMNS + "where id = ? for update", BulkRows::bulk, id).stream().findFirst();
  }

  /** The newest first. */
  List<Bulk> newest(int limit) {
    return sql.query(COLUMNS + "order by listed_at desc, id limit ?", BulkRows::bulk, limit);
  }

  List<Bulk> newest(OrganizationId owner, int limit) {
    return sql.query(
        COLUMNS + "where organization = ? order by listed_at desc, id limit ?",
        BulkRows::bulk,
        owner.value(),
        limit);
  }

  /** Those whose next step is due. */
  List<UUID> due(Instant now) {
    return sql.query(
        """
        select id from bulk_revocation
        where state = 'replacing' and (deadline <= ? or (replace_until <= ? and step_millis = 0))
        order by listed_at, id
        """,
        row -> row.getObject(1, UUID.class),
        now,
        now);
  }

  /** The list's text; empty where it is lost. */
  String list(UUID id) {
    return sql.query("select list from bulk_revocation where id = ?", row -> row.getString(1), id)
        .getFirst();
  }

  void replacing(UUID id, Instant approved) {
    sql.update(
        "update bulk_revocation set state = 'replacing', approved_at = ?"
            + " where id = ? and state = 'listed'",
        approved,
        id);
  }

  /** It cannot go on, and stays where it is. */
  void stuck(UUID id, String why) {
    sql.update("update bulk_revocation set why = ? where id = ? and state = 'replacing'", why, id);
  }

  void refused(UUID id, String why) {
    sql.update(
        "update bulk_revocation set state = 'refused', why = ? where id = ? and state <> 'done'",
        why,
        id);
  }

  /** So many of the list are revoked by now; {@code millis} counts as at least one. */
  void stepped(UUID id, int revoked, int millis) {
    sql.update(
        "update bulk_revocation set revoked = ?, step_millis = ? where id = ?",
        revoked,
        Math.max(1, millis),
        id);
  }

  void done(UUID id, Instant at) {
    sql.update(
        "update bulk_revocation set state = 'done', why = '', done_at = ?,"
            + " approved_at = coalesce(approved_at, ?) where id = ?",
        at,
        at,
        id);
  }

  void left(UUID id, Collection<MassRevocation.Left> left) {
    sql.update(
        LEFT,
        id,
        left.stream().map(MassRevocation.Left::serial).toList(),
        left.stream().map(MassRevocation.Left::why).toList());
  }

  void forgetLeft(UUID id, String why) {
    sql.update("delete from bulk_revocation_left where bulk = ? and why = ?", id, why);
  }

  /** How many were left, by why. */
  Map<String, Long> leftCounts(UUID id) {
    Map<String, Long> counts = new LinkedHashMap<>();
    sql.query(
            "select why, count(*) from bulk_revocation_left where bulk = ? group by 1 order by 1",
            row -> Map.entry(row.getString(1), row.getLong(2)),
            id)
        .forEach(one -> counts.put(one.getKey(), one.getValue()));
    return counts;
  }

  List<MassRevocation.Left> left(UUID id, String after, int limit) {
    return sql.query(
        "select serial, why from bulk_revocation_left where bulk = ? and serial > ?"
            + " order by serial limit ?",
        row -> new MassRevocation.Left(row.getString(1), row.getString(2)),
        id,
        after,
        limit);
  }

  /** In which channels changes of these certificates have been seen since. */
  List<BulkRevocations.Seen> seen(List<String> serials, Optional<Instant> since) {
    return sql.query(
        """
        select channel, count(distinct serial), max(at) as last from status_seen
        where serial = any (?) and at >= coalesce(?::timestamptz, '-infinity')
        group by channel order by channel
        """,
        row ->
            new BulkRevocations.Seen(
                row.getString(1), row.getLong(2), Sql.time(row, "last").orElseThrow()),
        serials,
        since);
  }

  private static Bulk bulk(ResultSet row) throws SQLException {
    Optional<Instant> deadline = Sql.time(row, "deadline");
    return new Bulk(
        row.getObject("id", UUID.class),
        new OrganizationId(row.getString("organization")),
        row.getString("listed_by"),
        Sql.time(row, "listed_at").orElseThrow(),
        Selection.parse(row.getString("selection")),
        new Plan(
            RevocationReason.ofCode(row.getShort("reason")),
            Sql.time(row, "invalidity_date"),
            Sql.time(row, "replace_until")
                .map(until -> new Plan.Grace(until, deadline.orElseThrow()))),
        new Thumbprint(row.getString("list_hash")),
        row.getInt("size"),
        Bulk.State.parse(row.getString("state")),
        row.getString("why"),
        new Bulk.Progress(
            Sql.time(row, "approved_at"),
            Sql.time(row, "done_at"),
            row.getInt("revoked"),
            row.getInt("list_millis"),
            row.getInt("step_millis")));
  }
}
