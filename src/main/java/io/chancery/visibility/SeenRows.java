package io.chancery.visibility;

import io.chancery.inventory.StatusVersion;
import io.chancery.x509.SerialNumber;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/** The table {@code status_seen}. */
@Singleton
class SeenRows {
  private static final String ADD =
      """
      insert into status_seen (serial, version, channel, crl_number, at)
      select serial, version, channel, nullif(number, -1), at
      from unnest(?::text[], ?::int[], ?::text[], ?::bigint[], ?::timestamptz[])
        as sighting (serial, version, channel, number, at)
      on conflict do nothing
      """;

  private static final String MISSING =
      """
      select r.id, r.name, count(*), min(s.at)
      from replica r join status_change s on s.xact >= r.from_xact
        and s.at > now() - interval '10 minutes' and s.at < now() - ? * interval '1 second'
      where r.beat_at > now() - ? * interval '1 second'
        and not exists (select 1 from status_seen v where v.serial = s.serial
          and v.channel = 'ocsp/' || r.id and v.version >= s.version)
      group by r.id, r.name
      """;
  private static final long NO_NUMBER = -1;

  private final Jdbc jdbc;

  @Inject
  SeenRows(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  /** What the table says of one version in one channel. */
  record Kept(StatusVersion version, String channel, OptionalLong crlNumber, Instant at) {}

  /** The first word stands: what is seen again is not seen later. */
  int add(List<Seen.Sighting> sightings) {
    return sightings.isEmpty()
        ? 0
        : jdbc.call(
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(ADD)) {
                array(statement, 1, "text", sightings, one -> one.version().serial().hex());
                array(statement, 2, "int4", sightings, one -> one.version().version());
                array(statement, 3, "text", sightings, one -> one.channel().text());
                array(
                    statement,
                    4,
                    "int8",
                    sightings,
                    one -> one.channel().crlNumber().orElse(NO_NUMBER));
                array(statement, 5, "text", sightings, one -> one.at().toString());
                return statement.executeUpdate();
              }
            });
  }

  /** Everything that was seen of these certificates, the first sightings first. */
  List<Kept> of(Collection<SerialNumber> serials) {
    return jdbc.call(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "select serial, version, channel, crl_number, at from status_seen"
                      + " where serial = any(?) order by at")) {
            array(statement, 1, "text", List.copyOf(serials), SerialNumber::hex);
            List<Kept> kept = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                kept.add(kept(rows));
              }
            }
            return kept;
          }
        });
  }

  /** Who lives and has not applied what others changed longer ago than this, of late. */
  List<Replica.Missing> missing(Duration patience, Duration silent) {
    return jdbc.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(MISSING)) {
            statement.setLong(1, patience.toSeconds());
            statement.setLong(2, silent.toSeconds());
            List<Replica.Missing> missing = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                missing.add(
                    new Replica.Missing(
                        rows.getString(1),
                        rows.getString(2),
                        rows.getLong(3),
                        rows.getTimestamp(4).toInstant()));
              }
            }
            return missing;
          }
        });
  }

  /** Forgets what is older; at most this many rows at once. */
  int prune(Duration age, int most) {
    return jdbc.call(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "delete from status_seen where ctid = any(array(select ctid from status_seen"
                      + " where at < now() - ? * interval '1 second' limit ?))")) {
            statement.setLong(1, age.toSeconds());
            statement.setInt(2, most);
            return statement.executeUpdate();
          }
        });
  }

  private static Kept kept(ResultSet row) throws SQLException {
    long number = row.getLong(4);
    OptionalLong crlNumber = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
    return new Kept(
        new StatusVersion(SerialNumber.parse(row.getString(1)), row.getInt(2)),
        row.getString(3),
        crlNumber,
        row.getObject(5, Timestamp.class).toInstant());
  }

  private static <T> void array(
      PreparedStatement statement, int place, String type, List<T> values, Function<T, Object> part)
      throws SQLException {
    Object[] parts = new Object[values.size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = part.apply(values.get(i));
    }
    statement.setArray(place, statement.getConnection().createArrayOf(type, parts));
  }
}
