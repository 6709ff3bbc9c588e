package io.chancery.chaos.database;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The faults of a database, all of them. One at a time: each ends before the next begins. */
public final class Faults {
  /** The tables that issuing, renewing and revoking insert into. */
  public static final List<String> TABLES =
      List.of(
          "reservation",
          "certificate",
          "request_key",
          "ledger_entry",
          "ledger_queue",
          "undelivered",
          "status_change",
          "revoked",
          "brake");

  /** PostgreSQL's word for a full disk. */
  private static final String DISK_FULL = "53100";

  private static final String IO_ERROR = "58030";

  private Faults() {}

  /** Those that need no more than the server. */
  public static List<DatabaseFault> of(Server server) {
    List<DatabaseFault> all = new ArrayList<>();
    all.add(new ServerFaults.Ended(server, "postmaster-killed", "KILL"));
    all.add(new ServerFaults.Ended(server, "immediate-stop", "QUIT"));
    all.add(new ServerFaults.Ended(server, "restart", "INT"));
    all.add(new ServerFaults.BackendKilled(server));
    all.add(new ServerFaults.Terminated(server));
    all.add(new ServerFaults.Stopped(server));
    all.add(new SqlFaults.ReadOnly(server));
    all.add(
        new SqlFaults.Refused(
            server, "disk-full", "ledger_entry", DISK_FULL, SqlFaults.Refused.When.AT_ONCE));
    all.add(new SqlFaults.Full(server));
    all.add(new SqlFaults.Locked(server));
    for (String table : TABLES) {
      all.add(insertFails(server, table));
    }
    all.add(commitFails(server));
    return List.copyOf(all);
  }

  /** Those of the way there, for a service that goes through this wire. */
  public static List<DatabaseFault> of(Wire wire) {
    return of(wire::set);
  }

  /** The same for a wire that is out of reach. */
  static List<DatabaseFault> of(Consumer<Wire.Mood> wire) {
    return List.of(
        new WireFault(wire, "black-hole", Wire.Mood.SILENT),
        new WireFault(wire, "commit-lost", Wire.Mood.COMMIT_LOST),
        new WireFault(wire, "commit-answer-lost", Wire.Mood.ANSWER_LOST),
        new WireFault(wire, "commit-unheard", Wire.Mood.COMMIT_UNHEARD),
        new WireFault(wire, "commit-answer-unheard", Wire.Mood.ANSWER_UNHEARD));
  }

  /** Every insert into this table fails. */
  public static DatabaseFault insertFails(Server server, String table) {
    return new SqlFaults.Refused(
        server, "insert-fails-" + table, table, IO_ERROR, SqlFaults.Refused.When.AT_ONCE);
  }

  /** All statements pass, and the commit of what wrote on the roll does not. */
  public static DatabaseFault commitFails(Server server) {
    return new SqlFaults.Refused(
        server, "commit-fails", "ledger_entry", IO_ERROR, SqlFaults.Refused.When.AT_COMMIT);
  }
}
