package io.chancery.cli.local;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A PostgreSQL of one's own instead of the one that {@code up} starts. */
public final class DatabaseOptions {
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
  public Optional<DatabaseAccess> given() {
    return url.map(
        address ->
            new DatabaseAccess(
                address,
                user.orElse(PostgresCluster.ROLE),
                passwordFile.map(file -> file.toAbsolutePath().normalize())));
  }
}
