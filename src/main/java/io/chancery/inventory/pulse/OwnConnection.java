package io.chancery.inventory.pulse;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionFactoryConfiguration;
import io.quarkus.credentials.CredentialsProvider;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A connection beside the pool, opened as the pool opens its own. For one thread. */
@Singleton
final class OwnConnection {
  private final AgroalDataSource pool;
  private final CredentialsProvider credentials;
  private @Nullable Connection open;

  @Inject
  OwnConnection(
      AgroalDataSource pool, @Named("database-password") CredentialsProvider credentials) {
    this.pool = pool;
    this.credentials = credentials;
  }

  /** Throws where the answer does not come within this time; then the connection is gone. */
  void ask(Duration patience) throws SQLException {
    ask(
        patience,
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute("select 1");
          }
        });
  }

  interface Question {
    void on(Connection connection) throws SQLException;
  }

  /** The same with a question of one's own. */
  void ask(Duration patience, Question question) throws SQLException {
    try {
      if (open == null) {
        open = connect(patience);
      }
      question.on(open);
    } catch (SQLException broken) {
      drop();
      throw broken;
    }
  }

  void drop() {
    if (open != null) {
      try {
        open.close();
      } catch (SQLException gone) {
        // It was what is wanted.
        open = null;
      }
      open = null;
    }
  }

  private Connection connect(Duration patience) throws SQLException {
    AgroalConnectionFactoryConfiguration usual =
        pool.getConfiguration().connectionPoolConfiguration().connectionFactoryConfiguration();
    Properties login = new Properties();
    login.putAll(usual.jdbcProperties());
    login.putAll(credentials.getCredentials("database-password"));
    String seconds = Long.toString(Math.max(1, patience.toSeconds()));
    login.setProperty("connectTimeout", seconds);
    login.setProperty("loginTimeout", seconds);
    login.setProperty("socketTimeout", seconds);
    return DriverManager.getConnection(usual.jdbcUrl(), login);
  }
}
