package io.chancery.inventory;

import io.chancery.OrganizationId;
import io.chancery.inventory.sql.Trip;
import io.chancery.x509.SerialNumber;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The table {@code undelivered}, and the list that it makes with {@code reservation}. */
@Singleton
class DeliveryRows {
  private static final String LIST =
      """
      select state, serial, profile, organization, requester,
        cast(extract(epoch from since) * 1000000 as bigint), why
      from (
        select case when abandoned_at is null then 'OPEN' else 'ABANDONED' end as state,
          serial, profile, organization, requester, reserved_at as since, why
        from reservation
        union all
        select 'UNDELIVERED', u.serial, c.profile, c.organization, c.requester, u.since, u.why
        from undelivered u join certificate c on c.serial = u.serial
        where c.status <> 'revoked' and c.not_after > now()
          and (u.why <> '' or u.since < now() - interval '60 seconds')
      ) unfinished
      where (:state = '' or state = :state) and (:organization = '' or organization = :organization)
        and (since, serial) < (cast(:since as timestamptz), :serial)
      order by since desc, serial desc
      limit :limit
      """;

  private final EntityManager entities;

  @Inject
  DeliveryRows(EntityManager entities) {
    this.entities = entities;
  }

  void expect(Collection<String> serials, Instant since, Trip trip) {
    trip.update(
        "insert into undelivered (serial, since, why)"
            + " select serial, ?, '' from unnest(?) as new (serial) on conflict do nothing",
        since,
        serials);
  }

  void failed(String serial, String why) {
    entities
        .createNativeQuery(
            "insert into undelivered (serial, since, why) values (:serial, now(), :why)"
                + " on conflict (serial) do update set why = excluded.why")
        .setParameter("serial", serial)
        .setParameter("why", why)
        .executeUpdate();
  }

  void delivered(Collection<String> serials) {
    entities
        .createNativeQuery("delete from undelivered where serial = any(:serials)")
        .setParameter("serials", serials.toArray(String[]::new))
        .executeUpdate();
  }

  /** What nobody can do anything about any more: revoked, or ended. */
  void tidy() {
    entities
        .createNativeQuery(
            "delete from undelivered u using certificate c where c.serial = u.serial"
                + " and (c.status = 'revoked' or c.not_after < now())")
        .executeUpdate();
  }

  List<Unfinished> list(
      Optional<Unfinished.State> state,
      Optional<OrganizationId> organization,
      Query.Cursor after,
      int limit) {
    List<?> rows =
        entities
            .createNativeQuery(LIST, Object[].class)
            .setParameter("state", state.map(Enum::name).orElse(""))
            .setParameter("organization", organization.map(OrganizationId::value).orElse(""))
            .setParameter("since", after.at().toString())
            .setParameter("serial", after.serial().hex())
            .setParameter("limit", limit)
            .getResultList();
    return rows.stream().map(Object[].class::cast).map(DeliveryRows::unfinished).toList();
  }

  private static Unfinished unfinished(Object[] row) {
    return new Unfinished(
        Unfinished.State.valueOf((String) row[0]),
        SerialNumber.parse((String) row[1]),
        (String) row[2],
        new OrganizationId((String) row[3]),
        (String) row[4],
        Instant.EPOCH.plus((Long) row[5], ChronoUnit.MICROS),
        (String) row[6]);
  }
}
