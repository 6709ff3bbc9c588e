package io.chancery.audit.rows;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections to the database that is audited; an account that may only read is enough. */
@FunctionalInterface
public interface Connections {
  public Connection open() throws SQLException;
}
