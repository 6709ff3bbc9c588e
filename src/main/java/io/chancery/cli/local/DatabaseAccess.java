package io.chancery.cli.local;

import io.chancery.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Where a database is and as whom it is entered.
 *
 * @param passwordFile a file with the role's password; without it the driver's own ways hold
 * @param owner who owns the tables, where the role does not
 */
public record DatabaseAccess(
    String jdbcUrl, String user, Optional<Path> passwordFile, Optional<Owner> owner) {
  /** The role that makes the tables, and a file with its password. */
  public record Owner(String user, Optional<Path> passwordFile) {}

  static final String URL = "quarkus.datasource.jdbc.url";
  static final String USER = "quarkus.datasource.username";
  static final String PASSWORD_FILE = "chancery.database.password-file";
  static final String OWNER = "chancery.database.owner";
  static final String OWNER_PASSWORD_FILE = "chancery.database.owner-password-file";
  static final String ONE_ROLE = "chancery.database.one-role";

  /** Row security would show an own connection nothing; a command reads for the authority. */
  private static final String SEE_ALL = "select set_config('chancery.organization', '*', false)";

  /** One role for all. */
  public DatabaseAccess(String jdbcUrl, String user, Optional<Path> passwordFile) {
    this(jdbcUrl, user, passwordFile, Optional.empty());
  }

  /** As whoever owns the tables, where that is known. */
  DatabaseAccess asOwner() {
    return owner
        .map(one -> new DatabaseAccess(jdbcUrl, one.user(), one.passwordFile()))
        .orElse(this);
  }

  /** The same in the words of the service's configuration. */
  public Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put(URL, jdbcUrl);
    properties.put(USER, user);
    passwordFile.ifPresent(file -> properties.put(PASSWORD_FILE, file.toString()));
    owner.ifPresentOrElse(
        one -> {
          properties.put(OWNER, one.user());
          one.passwordFile()
              .ifPresent(file -> properties.put(OWNER_PASSWORD_FILE, file.toString()));
        },
        // Who says no more than one role on a command line gets a warning for it.
        () -> properties.put(ONE_ROLE, "allow"));
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
                    Optional.ofNullable(properties.get(PASSWORD_FILE)).map(Path::of),
                    Optional.ofNullable(properties.get(OWNER))
                        .map(
                            role ->
                                new Owner(
                                    role,
                                    Optional.ofNullable(properties.get(OWNER_PASSWORD_FILE))
                                        .map(Path::of)))));
  }

  /** The database of the instance that runs on a data directory, or is configured there. */
  public static Optional<DatabaseAccess> ofInstance(DataDirectory data) {
    return of(ServiceProperties.read(data)).or(() -> Postgres.running(data));
  }

  /** A connection of the caller's own, which sees every organization. */
  public Connection connect() {
    try {
      Properties login = new Properties();
      login.setProperty("user", user);
      if (passwordFile.isPresent()) {
        login.setProperty("password", Files.readString(passwordFile.get()).strip());
      }
      login.setProperty("connectTimeout", "5");
      Connection connection = DriverManager.getConnection(jdbcUrl, login);
      try (Statement statement = connection.createStatement()) {
        statement.execute(SEE_ALL);
      }
      return connection;
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
