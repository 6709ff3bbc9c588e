package io.chancery.inventory;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The table {@code lease}; plain SQL, because the upsert is the whole point. */
@Singleton
class LeaseRows {
  private final EntityManager entities;

  @Inject
  LeaseRows(EntityManager entities) {
    this.entities = entities;
  }

  /**
   * Waits for nobody: while whoever has it writes under it, which locks its row, it is not to be
   * had.
   */
  Optional<Long> take(String name, String holder, Duration length) {
    return first(
            """
            update lease set
              token = token + case when holder = :holder then 0 else 1 end,
              holder = :holder,
              expires_at = now() + :seconds * interval '1 second'
            where ctid = (select ctid from lease where name = :name
              and (holder = :holder or expires_at < now()) for update skip locked)
            returning token
            """,
            name,
            holder,
            length)
        .or(
            () ->
                first(
                    """
                    insert into lease (name, holder, token, expires_at)
                    select :name, :holder, 1, now() + :seconds * interval '1 second'
                    where not exists (select from lease where name = :name)
                    on conflict (name) do nothing
                    returning token
                    """,
                    name,
                    holder,
                    length));
  }

  private Optional<Long> first(String sql, String name, String holder, Duration length) {
    List<?> token =
        entities
            .createNativeQuery(sql, Long.class)
            .setParameter("name", name)
            .setParameter("holder", holder)
            .setParameter("seconds", length.toSeconds())
            .getResultList();
    return token.stream().map(Long.class::cast).findFirst();
  }

  List<Leases.Held> held(String own) {
    List<?> found =
        entities
            .createNativeQuery(
                """
                select name, holder, cast(extract(epoch from expires_at - now()) * 1000 as bigint)
                from lease where expires_at > now() order by name
                """)
            .getResultList();
    return found.stream()
        .map(Object[].class::cast)
        .map(
            row ->
                new Leases.Held(
                    (String) row[0],
                    (String) row[1],
                    Duration.ofMillis(((Number) row[2]).longValue()),
                    row[1].equals(own)))
        .toList();
  }

  /** Asks the database for an answer, whatever it is. */
  void touch() {
    entities.createNativeQuery("select 1").getSingleResult();
  }

  /** Whether it is still its holder's. A write of its own that goes on renews it by itself. */
  boolean renew(Lease lease, String holder) {
    List<?> found =
        entities
            .createNativeQuery(
                "select holder || ' ' || token from lease where name = :name"
                    + " for update skip locked",
                String.class)
            .setParameter("name", lease.name())
            .getResultList();
    return found.isEmpty()
        || (found.contains(holder + " " + lease.token()) && extend(lease, holder, lease.length()));
  }

  /** Whether it is still its holder's, and now for this long; none is until its write ends. */
  boolean extend(Lease lease, String holder, Duration length) {
    return entities
            .createNativeQuery(
                "update lease set expires_at = clock_timestamp() + :seconds * interval '1 second'"
                    + " where name = :name and holder = :holder and token = :token")
            .setParameter("seconds", length.toSeconds())
            .setParameter("name", lease.name())
            .setParameter("holder", holder)
            .setParameter("token", lease.token())
            .executeUpdate()
        > 0;
  }

  /** The row stays: its token must go on growing. */
  void giveBack(Lease lease, String holder) {
    entities
        .createNativeQuery(
            "update lease set expires_at = now() - interval '1 second'"
                + " where name = :name and holder = :holder and token = :token")
        .setParameter("name", lease.name())
        .setParameter("holder", holder)
        .setParameter("token", lease.token())
        .executeUpdate();
  }

  /** Those that no write is under; waits for nobody. */
  void giveBackFree(String holder) {
    entities
        .createNativeQuery(
            "update lease set expires_at = now() - interval '1 second'"
                + " where ctid = any (array(select ctid from lease where holder = :holder"
                + " for update skip locked))")
        .setParameter("holder", holder)
        .executeUpdate();
  }

  /** The rows stay: their tokens must go on growing. */
  void giveBack(String holder) {
    entities
        .createNativeQuery(
            "update lease set expires_at = now() - interval '1 second'"
                + " where holder = :holder and expires_at > now()")
        .setParameter("holder", holder)
        .executeUpdate();
  }
}
