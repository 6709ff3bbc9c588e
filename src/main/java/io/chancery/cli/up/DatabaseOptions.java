package io.chancery.cli.up;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A PostgreSQL of one's own instead of the one that {@code up} starts. */
final class DatabaseOptions {
  @Option(
      names = "--jdbc-url",
      paramLabel = "URL",
      description =
          "Use this database, e.g. jdbc:postgresql://db.internal/chancery, and start none. "
              + "Several instances may share one.")
  private Optional<String> url;

  @Option(
      names = "--jdbc-user",
      paramLabel = "ROLE",
      description = "Role at that database (default: chancery).")
  private Optional<String> user;

  @Option(
      names = "--jdbc-password-file",
      paramLabel = "FILE",
      description = "File with that role's password and nothing else.")
  private Optional<Path> passwordFile;

  /** What the operator gave; empty where the instance shall start its own. */
  Optional<Map<String, String>> given() {
    return url.map(
        address ->
            properties(
                address,
                user.orElse(PostgresCluster.ROLE),
                passwordFile.map(file -> file.toAbsolutePath().normalize())));
  }

  static Map<String, String> of(Postgres postgres) {
    return properties(postgres.jdbcUrl(), postgres.user(), Optional.of(postgres.passwordFile()));
  }

  private static Map<String, String> properties(
      String url, String user, Optional<Path> passwordFile) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("quarkus.datasource.jdbc.url", url);
    properties.put("quarkus.datasource.username", user);
    passwordFile.ifPresent(
        file -> {
          properties.put("chancery.database.password-file", file.toString());
        });
    return properties;
  }
}
