package io.chancery.enrolment;

import io.chancery.inventory.sql.Sql.Column;
import io.chancery.inventory.sql.Trip;
import io.chancery.x509.SerialNumber;
import io.chancery.x509.Thumbprint;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

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
        select *, key = any (array (select keys_known(?))) as known from terms, unnest(?, ?, ?, ?, ?)
          with ordinality as one (client, whole, hash, serial, key, place)
      ), counted as (
        select * from asked where client <> '' and not known
      ), let as (
        insert into brake as b (client, since, taken, asked, let_at)
        select client, now(), 1, 1, now() from counted
        where not exists (select 1 from pause p where p.client in (counted.client, counted.whole))
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
        select hash, serial, now(), 0 from counted join let using (client) where hash <> ''
        order by hash
        on conflict (hash) do update set serial = excluded.serial, at = excluded.at, repeats = 0
        where r.at + (select lasts from terms) <= now()
        returning hash
      )
      select case when known then 'KEY_KNOWN' when client = '' or fresh.hash is not null then 'NEW'
        when let.client is not null then 'KNOWN' else 'REFUSED' end
      from asked left join let using (client) left join fresh using (hash) order by place
      """
          .formatted(
              "b.since + (select period from terms) <= now()",
              "(select free from terms)",
              PACE.replace(":free", "(select free from terms)"));

  private final EntityManager entities;

  @Inject
  AskRows(EntityManager entities) {
    this.entities = entities;
  }

  /** How it went. */
  enum Ask {
    /** Others know its key: nobody gets a certificate for it. */
    KEY_KNOWN,
    /** Not let through. */
    REFUSED,
    /** Let through; where it has a hash, the same was asked recently. */
    KNOWN,
    /** Wholly new, or not counted. */
    NEW
  }

  /**
   * A request: whose (empty where it is not counted), what (empty where that does not count), what
   * would answer it, and for which key.
   */
  record Question(Optional<Client> client, String hash, SerialNumber serial, Thumbprint key) {
    private String hash(Function<Client, Client> of) {
      return client.map(of).map(Client::hash).orElse("");
    }
  }

  /**
   * Counts, and remembers the serials under the hashes that were not asked recently. No two of the
   * same client.
   */
  void ask(
      List<Question> all,
      BrakeConfig brake,
      Duration window,
      Consumer<List<Ask>> answered,
      Trip trip) {
    trip.query(
        ASK,
        row -> Ask.valueOf(row.getString(1)),
        answered,
        brake.free(),
        brake.period().toSeconds(),
        window.toSeconds(),
        Column.texts(all, one -> one.key().hex()),
        Column.texts(all, one -> one.hash(client -> client)),
        Column.texts(all, one -> one.hash(Client::whateverNames)),
        Column.texts(all, Question::hash),
        Column.texts(all, one -> one.serial().hex()),
        Column.texts(all, one -> one.key().hex()));
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
