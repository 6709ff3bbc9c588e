package io.chancery.inventory;

import io.chancery.Failure;
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

  Optional<Long> take(String name, String holder, Duration length) {
    List<?> token =
        entities
            .createNativeQuery(
                """
                insert into lease (name, holder, token, expires_at)
                values (:name, :holder, 1, now() + :seconds * interval '1 second')
                on conflict (name) do update set
                  token = lease.token + case when lease.holder = :holder then 0 else 1 end,
                  holder = :holder,
                  expires_at = excluded.expires_at
                where lease.holder = :holder or lease.expires_at < now()
                returning token
                """,
                Long.class)
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

  /** The rows stay: their tokens must go on growing. */
  void giveBack(String holder) {
    entities
        .createNativeQuery(
            "update lease set expires_at = now() - interval '1 second' where holder = :holder")
        .setParameter("holder", holder)
        .executeUpdate();
  }

  void mustStillHold(Lease lease, String holder) {
    boolean held =
        !entities
            .createNativeQuery(
                "select 1 from lease where name = :name and holder = :holder and token = :token"
                    + " for update")
            .setParameter("name", lease.name())
            .setParameter("holder", holder)
            .setParameter("token", lease.token())
            .getResultList()
            .isEmpty();
    if (!held) {
      throw new Failure.Conflict(
              "lease " + lease.name(), "was taken over by another replica", "nothing to do")
          .thrown();
    }
  }
}
