package io.chancery.enrolment;

import io.chancery.inventory.sql.Sql;
import io.chancery.inventory.sql.Sql.Column;
import io.chancery.x509.SerialNumber;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The tables {@code brake} and {@code recent_request}; plain SQL, because of two replicas with the
 * same question the upsert decides who is first. The database's clock decides how long ago it was.
 */
@Singleton
class AskRows {
  /** Each answer above the free ones doubles the time to the next, up to five minutes. */
  private static final String PACE =
      "least(300, power(2, least(greatest(b.taken - :free, 0), 10))) * interval '1 second'";

  /**
   * Both tables in one round trip. Of the same client the second waits here until the first has
   * committed; clients are taken in one order by everybody, so that nobody waits in a circle.
   */
  private static final String ASK =
      """
      with terms (free, period, lasts) as (
        select ?, ? * interval '1 second', ? * interval '1 second'
      ), asked as (
        select * from terms, unnest(?, ?, ?, ?)
          with ordinality as one (client, whole, hash, serial, place)
      ), let as (
        insert into brake as b (client, since, taken, asked, let_at)
        select client, now(), 1, 1, now() from asked
        where not exists (select 1 from pause p where p.client in (asked.client, asked.whole))
        order by client
        on conflict (client) do update set
          since = case when %1$s then now() else b.since end,
          taken = case when %1$s then 1 else b.taken + 1 end,
          asked = case when %1$s then 1 else b.asked + 1 end,
          let_at = now()
        where %1$s or b.taken < %2$s or b.let_at + %3$s <= now()
        returning client
      ), fresh as (
        insert into recent_request as r (hash, serial, at, repeats)
        select hash, serial, now(), 0 from asked join let using (client) where hash <> ''
        order by hash
        on conflict (hash) do update set serial = excluded.serial, at = excluded.at, repeats = 0
        where r.at + (select lasts from terms) <= now()
        returning hash
      )
      select cast(let.client is not null as integer) + cast(fresh.hash is not null as integer)
      from asked left join let using (client) left join fresh using (hash) order by place
      """
          .formatted(
              "b.since + (select period from terms) <= now()",
              "(select free from terms)",
              PACE.replace(":free", "(select free from terms)"));

  private final Sql sql;
  private final EntityManager entities;

  @Inject
  AskRows(Sql sql, EntityManager entities) {
    this.sql = sql;
    this.entities = entities;
  }

  /** How it went: not let through, let through with a recent request before it, or wholly new. */
  enum Ask {
    REFUSED,
    KNOWN,
    NEW
  }

  /** A request: whose, what (empty where that does not count), and what would answer it. */
  record Question(Client client, String hash, SerialNumber serial) {}

  /**
   * Counts, and remembers the serials under the hashes that were not asked recently. No two of the
   * same client.
   */
  List<Ask> ask(List<Question> all, BrakeConfig brake, Duration window) {
    List<Integer> found =
        sql.query(
            ASK,
            row -> row.getInt(1),
            brake.free(),
            brake.period().toSeconds(),
            window.toSeconds(),
            Column.texts(all, one -> one.client().hash()),
            Column.texts(all, one -> one.client().whateverNames().hash()),
            Column.texts(all, Question::hash),
            Column.texts(all, one -> one.serial().hex()));
    return found.stream().map(number -> Ask.values()[number]).toList();
  }

  /** A recent request: its serial, how often it was repeated, and how long it will be recent. */
  record Recent(SerialNumber serial, int repeats, Duration left) {
    static Recent of(Object[] row) {
      return new Recent(
          SerialNumber.parse((String) row[0]),
          ((Number) row[1]).intValue(),
          Duration.ofSeconds(((Number) row[2]).longValue()));
    }
  }

  /** The client's row of the brake is locked, so nobody changes this one meanwhile. */
  Optional<Recent> recent(String hash, Duration window) {
    List<?> rows =
        entities
            .createNativeQuery(
                "select serial, repeats, cast(extract(epoch from at - now()) as bigint) + :window"
                    + " from recent_request where hash = :hash",
                Object[].class)
            .setParameter("hash", hash)
            .setParameter("window", window.toSeconds())
            .getResultList();
    return rows.stream().map(Object[].class::cast).findFirst().map(Recent::of);
  }

  void repeated(String hash) {
    entities
        .createNativeQuery("update recent_request set repeats = repeats + 1 where hash = :hash")
        .setParameter("hash", hash)
        .executeUpdate();
  }

  /** The next one who asks this is answered with this serial. */
  void replace(String hash, SerialNumber serial) {
    entities
        .createNativeQuery(
            "update recent_request set serial = :serial, at = now(), repeats = 0"
                + " where hash = :hash")
        .setParameter("hash", hash)
        .setParameter("serial", serial.hex())
        .executeUpdate();
  }

  /** How much a client has asked, and how long it has to wait for its next answer. */
  record Count(int asked, Duration untilNext) {
    /** A whole profile that is paused refuses names that never asked. */
    static final Count FIRST = new Count(1, Duration.ofSeconds(1));

    static Count of(Object[] row) {
      return new Count(
          ((Number) row[0]).intValue(),
          Duration.ofSeconds(Math.max(1, ((Number) row[1]).longValue())));
    }
  }

  /** Counts a request that is not answered. */
  Count refused(Client client, BrakeConfig brake) {
    List<?> rows =
        entities
            .createNativeQuery(
                "update brake b set asked = asked + 1 where client = :client returning asked,"
                    + " cast(ceil(extract(epoch from b.let_at - now() + %s)) as bigint)"
                        .formatted(PACE),
                Object[].class)
            .setParameter("client", client.hash())
            .setParameter("free", brake.free())
            .getResultList();
    return rows.stream().map(Object[].class::cast).findFirst().map(Count::of).orElse(Count.FIRST);
  }

  /** A client that an operator has let go begins anew. */
  void forget(String client) {
    entities
        .createNativeQuery("delete from brake where client = :client")
        .setParameter("client", client)
        .executeUpdate();
  }

  /** Rows that mean nothing any more. */
  void tidy(BrakeConfig brake, Duration window) {
    entities
        .createNativeQuery(
            "delete from recent_request where at <= now() - :window * interval '1 second'")
        .setParameter("window", window.toSeconds())
        .executeUpdate();
    entities
        .createNativeQuery("delete from brake where since <= now() - :period * interval '1 second'")
        .setParameter("period", brake.period().toSeconds())
        .executeUpdate();
  }
}
