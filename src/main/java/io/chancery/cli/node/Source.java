package io.chancery.cli.node;

import io.chancery.Failure;
import io.chancery.cli.local.DataDirectory;
import io.chancery.cli.local.DatabaseAccess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** Where what a node serves comes from. */
sealed interface Source {
  /** The service's database, read only. */
  record Database(DatabaseAccess access) implements Source {}

  /** The database of an instance of {@code up} on this machine, wherever it runs today. */
  record Instance(DataDirectory data) implements Source {}

  /** What {@code export-status} has written. */
  record Export(Path folder) implements Source {}

  /** The node's own folder and nothing else. */
  record Held() implements Source {}

  /**
   * @param database as given with {@code --jdbc-url}
   * @param from as given with {@code --from}: an instance's data directory, or an export
   */
  static Source of(Optional<DatabaseAccess> database, Optional<Path> from) {
    if (database.isPresent()) {
      return new Database(database.get());
    }
    if (from.isEmpty()) {
      return new Held();
    }
    Path folder = from.get().toAbsolutePath().normalize();
    if (Files.exists(folder.resolve(StaticFiles.SUMMARY))) {
      return new Export(folder);
    }
    if (new DataDirectory(folder).isThere()) {
      return new Instance(new DataDirectory(folder));
    }
    throw new Failure.Misconfigured(
            "--from " + folder,
            "is neither a data directory of chancery up nor what chancery export-status wrote",
            "name one of these, or the database with --jdbc-url")
        .thrown();
  }

  default String text() {
    return switch (this) {
      case Database database -> "database " + database.access().jdbcUrl();
      case Instance instance -> "the database of " + instance.data().root();
      case Export export -> "export " + export.folder();
      case Held held -> "its own folder alone";
    };
  }

  /** How it is read. */
  default Follower.Look look(Holdings holdings, InstantSource clock) {
    return switch (this) {
      case Database database -> new BookLook(database::access, holdings, clock);
      case Instance instance -> new BookLook(() -> running(instance.data()), holdings, clock);
      case Export export -> new ExportLook(export.folder(), holdings);
      case Held held -> new HeldLook();
    };
  }

  private static DatabaseAccess running(DataDirectory data) {
    return DatabaseAccess.ofInstance(data)
        .orElseThrow(
            () ->
                new Failure.Unavailable(
                        "the database of " + data.root(),
                        "it does not run",
                        java.time.Duration.ofSeconds(2))
                    .thrown());
  }
}
