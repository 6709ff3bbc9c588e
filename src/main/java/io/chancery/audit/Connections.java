package io.chancery.audit;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections to the database that is audited; an account that may only read is enough. */
@FunctionalInterface
public interface Connections {
  Connection open() throws SQLException;
}
