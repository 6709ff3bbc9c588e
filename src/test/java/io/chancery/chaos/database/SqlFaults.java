package io.chancery.chaos.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the server refuses, and what somebody else does in it. */
final class SqlFaults {
  private SqlFaults() {}

  private static void run(Server server, String... statements) {
    try (Connection connection = server.owner();
        Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    } catch (SQLException cannot) {
      throw new IllegalStateException(cannot);
    }
  }

  /** Nothing can be written, as on a standby (SQLSTATE 25006). */
  static final class ReadOnly implements DatabaseFault {
    private final Server server;

    ReadOnly(Server server) {
      this.server = server;
    }

    @Override
    public String name() {
      return "read-only";
    }

    @Override
    public void begin() {
      change("on");
    }

    @Override
    public void end() {
      change("default");
    }

    /** A setting of the database holds for connections that come after it. */
    private void change(String to) {
      run(
          server,
          "set default_transaction_read_only = off",
          "do $$ begin execute format('alter database %I set default_transaction_read_only = "
              + to
              + "', current_database()); end $$");
      Processes.ofService(server).forEach(ProcessHandle::destroy);
    }
  }

  /**
   * Whatever inserts into a table is refused with this SQLSTATE: at once, or when the transaction
   * commits.
   */
  static final class Refused implements DatabaseFault {
    /** When the refusal comes. */
    enum When {
      AT_ONCE,
      AT_COMMIT
    }

    private final Server server;
    private final String name;
    private final String table;
    private final String state;
    private final When when;

    Refused(Server server, String name, String table, String state, When when) {
      this.server = server;
      this.name = name;
      this.table = table;
      this.state = state;
      this.when = when;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void begin() {
      run(
          server,
          "create or replace function chaos_refuse() returns trigger language plpgsql as"
              + " $$ begin raise exception 'refused by chaos' using errcode = tg_argv[0]; end $$",
          when == When.AT_ONCE
              ? "create trigger chaos before insert on "
                  + table
                  + " for each row execute function chaos_refuse('"
                  + state
                  + "')"
              : "create constraint trigger chaos after insert on "
                  + table
                  + " deferrable initially deferred for each row execute function chaos_refuse('"
                  + state
                  + "')");
    }

    @Override
    public void end() {
      run(server, "drop trigger if exists chaos on " + table);
    }
  }

  /** Somebody holds a lock on tables that every deed writes. */
  static final class Locked implements DatabaseFault {
    private static final String DEADLOCK = "40P01";
    private static final int ATTEMPTS = 10;
    private final Server server;
    private final List<Connection> held = new ArrayList<>();

    Locked(Server server) {
      this.server = server;
    }

    @Override
    public String name() {
      return "locked";
    }

    @Override
    public void begin() {
      for (int attempt = 1; !isLocked(attempt == ATTEMPTS); attempt++) {
        close(held);
      }
    }

    /** False where the service's own locks were in the way, in the other order. */
    private boolean isLocked(boolean last) {
      try {
        Connection connection = server.owner();
        held.add(connection);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
          statement.execute("lock table certificate, ledger_entry in access exclusive mode");
        }
        return true;
      } catch (SQLException cannot) {
        if (DEADLOCK.equals(cannot.getSQLState()) && !last) {
          return false;
        }
        end();
        throw new IllegalStateException(cannot);
      }
    }

    @Override
    public void end() {
      close(held);
    }
  }

  /** Every connection that the server gives is taken by somebody else (SQLSTATE 53300). */
  static final class Full implements DatabaseFault {
    private static final int MORE_THAN_ANY = 1000;
    private static final long A_WHILE = Duration.ofSeconds(20).toNanos();
    private final Server server;
    private final List<Connection> held = new ArrayList<>();

    Full(Server server) {
      this.server = server;
    }

    @Override
    public String name() {
      return "connections-used-up";
    }

    @Override
    public void begin() {
      long deadline = System.nanoTime() + A_WHILE;
      while (System.nanoTime() < deadline && held.size() < MORE_THAN_ANY) {
        if (!takeAll()) {
          return;
        }
      }
    }

    /** Whether the service still had any, which are free in a moment. */
    private boolean takeAll() {
      try {
        while (held.size() < MORE_THAN_ANY) {
          held.add(server.owner());
        }
        return false;
      } catch (SQLException full) {
        List<ProcessHandle> left = Processes.ofService(server);
        left.forEach(ProcessHandle::destroy);
        left.forEach(one -> Processes.awaitEnd(one.pid()));
        return !left.isEmpty();
      }
    }

    @Override
    public void end() {
      close(held);
    }
  }

  private static void close(List<Connection> connections) {
    for (Connection one : connections) {
      try {
        one.close();
      } catch (SQLException gone) {
        continue; // the server is, too
      }
    }
    connections.clear();
  }
}
