package io.chancery.visibility;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The table {@code replica}. Ages are told, not times: replicas' clocks differ. */
@Singleton
class ReplicaRows {
  private static final String BEAT =
      """
      insert into replica (id, name, role, started_at, from_xact, beat_at, feed_at, jobs)
      values (?, ?, ?, now() - ? * interval '1 millisecond', ?::xid8, now(),
        now() - ? * interval '1 millisecond', ?::jsonb)
      on conflict (id) do update
        set beat_at = excluded.beat_at, feed_at = excluded.feed_at, jobs = excluded.jobs
      """;
  private static final String ALL =
      """
      select r.id, r.name, r.role, r.started_at, r.from_xact::text,
        extract(epoch from now() - r.beat_at) * 1000, extract(epoch from now() - r.feed_at) * 1000,
        j.key, j.value::bigint
      from replica r left join lateral jsonb_each_text(r.jobs) j on true
      order by r.started_at, r.id
      """;

  private final Jdbc jdbc;

  @Inject
  ReplicaRows(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  /** What a replica says of itself. */
  record Beat(
      String id,
      String name,
      String role,
      Duration age,
      long fromTransaction,
      Duration behind,
      Map<String, Instant> jobs) {}

  void beat(Beat beat) {
    jdbc.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(BEAT)) {
            statement.setString(1, beat.id());
            statement.setString(2, beat.name());
            statement.setString(3, beat.role());
            statement.setLong(4, beat.age().toMillis());
            statement.setString(5, String.valueOf(beat.fromTransaction()));
            statement.setLong(6, beat.behind().toMillis());
            statement.setString(7, json(beat.jobs()));
            return statement.executeUpdate();
          }
        });
  }

  List<Replica> all() {
    return jdbc.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(ALL);
              ResultSet rows = statement.executeQuery()) {
            List<Replica> all = new ArrayList<>();
            while (rows.next()) {
              boolean next = all.isEmpty() || !all.getLast().id().equals(rows.getString(1));
              Replica replica = next ? replica(rows) : all.removeLast();
              all.add(withJob(replica, rows));
            }
            return all;
          }
        });
  }

  void leave(String id) {
    jdbc.call(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement("delete from replica where id = ?")) {
            statement.setString(1, id);
            return statement.executeUpdate();
          }
        });
  }

  /** Forgets those that have been silent for so long. */
  void tidy(Duration silent) {
    jdbc.call(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "delete from replica where beat_at < now() - ? * interval '1 second'")) {
            statement.setLong(1, silent.toSeconds());
            return statement.executeUpdate();
          }
        });
  }

  private static Replica replica(ResultSet row) throws SQLException {
    return new Replica(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getTimestamp(4).toInstant(),
        Long.parseLong(row.getString(5)),
        Duration.ofMillis(row.getLong(6)),
        Duration.ofMillis(row.getLong(7)),
        Map.of());
  }

  private static Replica withJob(Replica replica, ResultSet row) throws SQLException {
    if (row.getString(8) == null) {
      return replica;
    }
    Map<String, Instant> jobs = new HashMap<>(replica.jobs());
    jobs.put(row.getString(8), Instant.ofEpochSecond(row.getLong(9)));
    return new Replica(
        replica.id(),
        replica.name(),
        replica.role(),
        replica.startedAt(),
        replica.fromTransaction(),
        replica.silent(),
        replica.behind(),
        jobs);
  }

  /** Jobs have plain names. */
  private static String json(Map<String, Instant> jobs) {
    StringBuilder out = new StringBuilder("{");
    jobs.forEach(
        (name, due) ->
            out.append(out.length() > 1 ? "," : "")
                .append('"')
                .append(name)
                .append("\":")
                .append(due.getEpochSecond()));
    return out.append('}').toString();
  }
}
