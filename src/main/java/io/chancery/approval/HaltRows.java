package io.chancery.approval;

import io.chancery.inventory.sql.Sql;
import io.chancery.inventory.sql.Trip;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** The table {@code signing_halt}. */
@Singleton
class HaltRows implements PanacheRepositoryBase<HaltRow, UUID> {
  /** What is notified when signing is halted or goes on. */
  static final String CHANNEL = "signing_halt";

  private static final String OPEN =
      "select id, reason, halted_by, halted_at from signing_halt where resumed_at is null";

  /** In SQL: it is asked before the port opens, and Hibernate's parser would begin with it. */
  Optional<HaltRow> open() {
    return getEntityManager()
        .createNativeQuery("select * from signing_halt where resumed_at is null", HaltRow.class)
        .setMaxResults(1)
        .getResultList()
        .stream()
        .findFirst();
  }

  /** Told of the one in force, with other statements of the transaction. */
  void ifOpen(Consumer<HaltRow> halted, Trip trip) {
    trip.query(OPEN, HaltRows::row, found -> found.forEach(halted));
  }

  private static HaltRow row(ResultSet row) throws SQLException {
    HaltRow halt = new HaltRow();
    halt.id = row.getObject(1, UUID.class);
    halt.reason = row.getString(2);
    halt.haltedBy = row.getString(3);
    halt.haltedAt = Sql.time(row, "halted_at").orElseThrow();
    return halt;
  }

  /** Told when the transaction commits. */
  void tellReplicas() {
    getEntityManager()
        .createNativeQuery("select cast(pg_notify('" + CHANNEL + "', '') as text)")
        .getSingleResult();
  }
}
