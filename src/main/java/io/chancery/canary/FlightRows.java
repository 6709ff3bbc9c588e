package io.chancery.canary;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** The table {@code canary_run}: the last flight to each address. */
@Singleton
class FlightRows {
  private final EntityManager entities;

  @Inject
  FlightRows(EntityManager entities) {
    this.entities = entities;
  }

  void keep(Flight flight) {
    entities
        .createNativeQuery(
            """
            insert into canary_run (address, at, trouble, ocsp_millis, crl_millis)
            values (:address, :at, :trouble, :ocsp, :crl)
            on conflict (address) do update set at = excluded.at, trouble = excluded.trouble,
              ocsp_millis = excluded.ocsp_millis, crl_millis = excluded.crl_millis
            """)
        .setParameter("address", flight.address())
        .setParameter("at", flight.at())
        .setParameter("trouble", flight.trouble())
        .setParameter("ocsp", flight.ocsp().toMillis())
        .setParameter("crl", flight.crl().toMillis())
        .executeUpdate();
  }

  /** Addresses that are no longer asked are no longer told of. */
  void keepOnly(Collection<String> addresses) {
    entities
        .createNativeQuery("delete from canary_run where address <> all(:addresses)")
        .setParameter("addresses", addresses.toArray(String[]::new))
        .executeUpdate();
  }

  List<Flight> all() {
    List<?> rows =
        entities
            .createNativeQuery(
                "select address, cast(extract(epoch from at) * 1000 as bigint), trouble,"
                    + " ocsp_millis, crl_millis from canary_run order by address",
                Object[].class)
            .getResultList();
    return rows.stream().map(Object[].class::cast).map(FlightRows::flight).toList();
  }

  private static Flight flight(Object[] row) {
    return new Flight(
        (String) row[0],
        Instant.ofEpochMilli((Long) row[1]),
        (String) row[2],
        Duration.ofMillis((Long) row[3]),
        Duration.ofMillis((Long) row[4]));
  }
}
