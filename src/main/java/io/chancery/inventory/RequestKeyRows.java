package io.chancery.inventory;

import io.chancery.inventory.sql.Sql.Column;
import io.chancery.inventory.sql.Trip;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.Collection;

/** The table {@code request_key}. */
@Singleton
class RequestKeyRows implements PanacheRepositoryBase<RequestKeyRow, RequestKeyRow.Id> {
  /** In one order for everybody, so that two groups wait for each other in one direction only. */
  private static final String ADD =
      """
      insert into request_key (caller, key, request_hash, serial, at)
      select caller, key, hash, serial, at
      from unnest(?, ?, ?, ?, ?) as new (caller, key, hash, serial, at) order by caller, key
      """;

  void add(Collection<Inventory.Binding> all, Trip trip) {
    trip.update(
        ADD,
        Column.texts(all, one -> one.key().caller()),
        Column.texts(all, one -> one.key().key()),
        Column.texts(all, one -> one.key().requestHash().hex()),
        Column.texts(all, one -> one.serial().hex()),
        Column.times(all, Inventory.Binding::at));
  }
}
