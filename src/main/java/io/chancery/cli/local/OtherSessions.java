package io.chancery.cli.local;

import io.chancery.Failure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Who else uses a database: a service that runs elsewhere shows by its connections. */
final class OtherSessions {
  private static final String COUNT =
      """
      select count(*) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()
        and coalesce(backend_type, 'client backend') = 'client backend'
      """;

  private OtherSessions() {}

  static void mustBeNone(DatabaseAccess access) {
    try (Connection connection = access.connect();
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(COUNT)) {
      answer.next();
      long others = answer.getLong(1);
      if (others > 0) {
        throw new Failure.Conflict(
                "database " + access.jdbcUrl(),
                "is in use by " + others + (others == 1 ? " other session" : " other sessions"),
                "stop every instance of the service and close other programs on it first")
            .thrown();
      }
    } catch (SQLException cannot) {
      throw new Failure.Misconfigured(
              "the database", "cannot be asked: " + cannot.getMessage(), "try again")
          .because(cannot);
    }
  }
}
