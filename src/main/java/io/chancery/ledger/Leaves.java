package io.chancery.ledger;

import io.chancery.inventory.sql.Sql;
import io.chancery.ledger.tree.TreeHash;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The tables {@code ledger_queue} and {@code ledger_leaf}: which entry is which leaf. */
@Singleton
final class Leaves {
  private final Sql sql;

  @Inject
  Leaves(Sql sql) {
    this.sql = sql;
  }

  /** An entry without its leaf yet. */
  record Waiting(long entry, TreeHash hash) {}

  /** How many entries have their leaf. */
  long count() {
    return sql.query(
            "select coalesce(max(leaf_index) + 1, 0) from ledger_leaf", row -> row.getLong(1))
        .getFirst();
  }

  /** Entries that wait, in the order in which they were begun. */
  List<Waiting> waiting(int limit) {
    return sql.query(
        // Each entry by itself ("offset 0"): a join may read the whole roll.
        "select q.entry, e.body from ledger_queue q, lateral"
            + " (select body from ledger_entry where id = q.entry offset 0) e"
            + " order by q.entry limit ?",
        row -> new Waiting(row.getLong(1), TreeHash.leaf(row.getBytes(2))),
        limit);
  }

  /** Every entry that waits, by the hash of its leaf. */
  Map<TreeHash, List<Long>> queued() {
    return waiting(Integer.MAX_VALUE).stream()
        .collect(
            Collectors.groupingBy(
                Waiting::hash,
                HashMap::new,
                Collectors.mapping(Waiting::entry, Collectors.toCollection(ArrayList::new))));
  }

  boolean anyWaiting() {
    return !sql.query("select 1 from ledger_queue limit 1", row -> true).isEmpty();
  }

  /** These entries become the leaves from {@code first} on, in this order. */
  void place(long first, List<Long> entries) {
    sql.update(
        "insert into ledger_leaf (leaf_index, entry)"
            + " select ? + place - 1, entry from unnest(?) with ordinality as t (entry, place)",
        first,
        new Sql.Column("bigint", entries));
    sql.update("delete from ledger_queue where entry = any (?)", new Sql.Column("bigint", entries));
  }

  /** The bodies of the leaves from {@code first} on. */
  List<byte[]> bodies(long first, long count) {
    return sql.query(
        "select e.body from ledger_leaf l join ledger_entry e on e.id = l.entry"
            + " where l.leaf_index >= ? and l.leaf_index < ? order by l.leaf_index",
        row -> row.getBytes(1),
        first,
        first + count);
  }

  /** Since when the first entry behind the first {@code published} leaves has been there. */
  Optional<Instant> oldestBehind(long published) {
    return sql.query(
            "select least((select e.at from ledger_leaf l join ledger_entry e on e.id = l.entry"
                + " where l.leaf_index = ?), (select e.at from ledger_queue q"
                + " join ledger_entry e on e.id = q.entry order by q.entry limit 1))",
            row -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)),
            published)
        .getFirst()
        .map(OffsetDateTime::toInstant);
  }

  /** The leaf of the newest entry of this kind about a subject. */
  Optional<Long> of(EventKind kind, String subject) {
    return sql
        .query(
            "select l.leaf_index from ledger_entry e join ledger_leaf l on l.entry = e.id"
                + " where e.subject = ? and e.kind = ? order by e.id desc limit 1",
            row -> row.getLong(1),
            subject,
            kind.name())
        .stream()
        .findFirst();
  }
}
