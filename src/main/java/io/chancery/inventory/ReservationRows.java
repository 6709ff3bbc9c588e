package io.chancery.inventory;

import io.chancery.inventory.sql.Sql.Column;
import io.chancery.inventory.sql.Trip;
import io.chancery.x509.SerialNumber;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.Collection;

/** The table {@code reservation}. */
@Singleton
class ReservationRows implements PanacheRepositoryBase<ReservationRow, String> {
  private static final String ADD =
      """
      insert into reservation (serial, issuer, profile, organization, requester, contact, replaces,
        tbs, reserved_at, why, approvals)
      select serial, issuer, profile, organization, requester, contact, replaces, tbs, at, '', approvals
      from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as new
        (serial, issuer, profile, organization, requester, contact, replaces, tbs, at, approvals)
      """;

  void add(Collection<Reservation> all, Trip trip) {
    trip.update(
        ADD,
        Column.texts(all, one -> one.serial().hex()),
        Column.texts(all, one -> one.issuer().value()),
        Column.texts(all, Reservation::profile),
        Column.texts(all, one -> one.organization().value()),
        Column.texts(all, Reservation::requester),
        Column.texts(all, Reservation::contact),
        Column.maybeTexts(all, one -> one.replaces().map(SerialNumber::hex)),
        Column.octets(all, one -> one.tbs().octets()),
        Column.times(all, Reservation::reservedAt),
        Column.numbers(all, Reservation::approvals));
  }
}
