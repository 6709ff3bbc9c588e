package io.chancery.inventory.pulse;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Connections on which a question or its answer was lost, while others go on: a firewall that was
 * started anew, a silence too short for {@link Pulse} to meet it. Here somebody waits for the
 * answer, there the backend waits for the next question, and neither hears of the other until
 * {@code socketTimeout}. The database knows which they are. For one thread.
 */
@Singleton
final class LostAnswers {
  private static final Logger LOG = Logger.getLogger(LostAnswers.class);

  private static final String THAT_WAIT =
      """
      from pg_stat_activity
      where pid = any (?) and usename = current_user and datname = current_database()
        and wait_event = 'ClientRead' and state_change < clock_timestamp() - make_interval(secs => ?)
      """;

  private static final String WAITING = "select pid, state_change " + THAT_WAIT;

  /** They let go of their locks, and of what they have not committed. */
  private static final String END = "select pg_terminate_backend(pid) " + THAT_WAIT;

  private final OpenConnections open;
  private final OwnConnection own;

  /** Backends that waited at the last look. */
  private Map<Integer, Suspect> before = Map.of();

  /** Waits for the next question since then, by its own clock; seen first, by this machine's. */
  private record Suspect(OffsetDateTime since, long seen) {}

  @Inject
  LostAnswers(OpenConnections open, OwnConnection own) {
    this.open = open;
    this.own = own;
  }

  /**
   * Breaks those on which both sides have waited for longer than this, and are seen to for half as
   * long again: an answer may have come while nobody here was awake to read it. Asks nothing where
   * nobody waits that long.
   */
  void look(Duration patience) throws SQLException {
    Map<Integer, Connection> here = new HashMap<>();
    for (OpenConnections.Unanswered one : open.unanswered(patience)) {
      here.put(one.backend(), one.connection());
    }
    Map<Integer, OffsetDateTime> there =
        here.isEmpty() ? Map.of() : waiting(here.keySet(), patience);
    Map<Integer, Suspect> now = new HashMap<>();
    List<Integer> lost = new ArrayList<>();
    there.forEach(
        (backend, since) -> {
          Suspect suspect = again(backend, since);
          now.put(backend, suspect);
          if (System.nanoTime() - suspect.seen() > patience.toNanos() / 2) {
            lost.add(backend);
          }
        });
    before = now;
    if (!lost.isEmpty()) {
      LOG.warnf(
          "what was asked of the database, or its answer, was lost; connections broken: %d",
          lost.size());
      here.keySet().retainAll(lost);
      here.values().forEach(OpenConnections::breakOne);
      end(lost, patience);
    }
  }

  private Suspect again(int backend, OffsetDateTime since) {
    Suspect last = before.get(backend);
    return last != null && last.since().equals(since)
        ? last
        : new Suspect(since, System.nanoTime());
  }

  private Map<Integer, OffsetDateTime> waiting(Collection<Integer> backends, Duration longer)
      throws SQLException {
    Map<Integer, OffsetDateTime> found = new HashMap<>();
    of(
        WAITING,
        backends,
        longer,
        row -> found.put(row.getInt(1), row.getObject(2, OffsetDateTime.class)));
    return found;
  }

  private void end(Collection<Integer> backends, Duration longer) {
    try {
      of(END, backends, longer, row -> LOG.debugf("ended: %b", row.getBoolean(1)));
    } catch (SQLException refused) {
      LOG.warn("their backends are left to the database's own limits", refused);
    }
  }

  private interface Row {
    void read(ResultSet row) throws SQLException;
  }

  private void of(String sql, Collection<Integer> backends, Duration longer, Row each)
      throws SQLException {
    own.ask(
        longer,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("int4", backends.toArray()));
            statement.setDouble(2, longer.toMillis() / 1000.0);
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                each.read(rows);
              }
            }
          }
        });
  }
}
