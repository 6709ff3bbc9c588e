package io.chancery.chaos.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;

/** A PostgreSQL that may be harmed. */
public interface Server {
  /** The process that all others of it descend from, while it runs. */
  OptionalLong postmaster();

  /**
   * Starts it again on the same port, after whatever ended it; returns when it takes connections.
   */
  void start();

  /** A connection of one's own to the service's database, as the owner of its tables. */
  Connection owner() throws SQLException;

  /** The role with which the service enters. */
  String serviceRole();
}
