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

  @Option(
      names = "--jdbc-owner",
      paramLabel = "ROLE",
      description =
          "Role that owns the tables and makes them, where --jdbc-user is one that only uses them.")
  private Optional<String> owner;

  @Option(
      names = "--jdbc-owner-password-file",
      paramLabel = "FILE",
      description = "File with the owner's password and nothing else.")
  private Optional<Path> ownerPasswordFile;

  /** What the operator gave; empty where the instance shall start its own. */
  public Optional<DatabaseAccess> given() {
    return url.map(
        address ->
            new DatabaseAccess(
                address,
                user.orElse(PostgresCluster.ROLE),
                passwordFile.map(DatabaseOptions::absolute),
                owner.map(
                    role ->
                        new DatabaseAccess.Owner(
                            role, ownerPasswordFile.map(DatabaseOptions::absolute)))));
  }

  private static Path absolute(Path file) {
    return file.toAbsolutePath().normalize();
  }
}
