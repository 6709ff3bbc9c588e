package io.chancery.cli.local;

import io.chancery.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Where a database is and as whom it is entered.
 *
 * @param passwordFile a file with the role's password; without it the driver's own ways hold
 */
public record DatabaseAccess(String jdbcUrl, String user, Optional<Path> passwordFile) {
  static final String URL = "quarkus.datasource.jdbc.url";
  static final String USER = "quarkus.datasource.username";
  static final String PASSWORD_FILE = "chancery.database.password-file";

  /** The same in the words of the service's configuration. */
  public Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put(URL, jdbcUrl);
    properties.put(USER, user);
    passwordFile.ifPresent(file -> properties.put(PASSWORD_FILE, file.toString()));
    return properties;
  }

  /** Reads {@link #properties}; empty where they name no database. */
  static Optional<DatabaseAccess> of(Map<String, String> properties) {
    return Optional.ofNullable(properties.get(URL))
        .map(
            url ->
                new DatabaseAccess(
                    url,
                    properties.getOrDefault(USER, PostgresCluster.ROLE),
                    Optional.ofNullable(properties.get(PASSWORD_FILE)).map(Path::of)));
  }

  /** The database of the instance that runs on a data directory, or is configured there. */
  public static Optional<DatabaseAccess> ofInstance(DataDirectory data) {
    return of(ServiceProperties.read(data)).or(() -> Postgres.running(data));
  }

  /** A connection of the caller's own. */
  public Connection connect() {
    try {
      Properties login = new Properties();
      login.setProperty("user", user);
      if (passwordFile.isPresent()) {
        login.setProperty("password", Files.readString(passwordFile.get()).strip());
      }
      login.setProperty("connectTimeout", "5");
      return DriverManager.getConnection(jdbcUrl, login);
    } catch (IOException unreadable) {
      throw new Failure.Misconfigured(
              "the database's password",
              passwordFile.map(Path::toString).orElse("") + " cannot be read",
              "name a file that this user may read with --jdbc-password-file")
          .because(unreadable);
    } catch (SQLException cannot) {
      throw new Failure.Misconfigured(
              "the database",
              "no connection to " + jdbcUrl + ": " + cannot.getMessage(),
              "look at --jdbc-url, --jdbc-user and --jdbc-password-file")
          .because(cannot);
    }
  }
}
