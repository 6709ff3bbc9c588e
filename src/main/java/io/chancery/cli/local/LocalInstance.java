package io.chancery.cli.local;

import io.chancery.Failure;
import io.chancery.PkiException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The instance that a command on this machine works on: the data directory of {@code up}, running
 * or not, or in production the database and the files that the options name.
 *
 * <p>{@link #open} gives the database as it is, {@link #openStopped} only while no service runs.
 */
public final class LocalInstance {
  private static final Path USUAL = Path.of(".chancery");

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description =
          "Data directory of chancery up (default: .chancery). Its PostgreSQL is used where it "
              + "runs, else started for this command.")
  private Optional<Path> folder;

  @Mixin private DatabaseOptions database;

  @Option(
      names = "--copy",
      paramLabel = "FOLDER",
      description = "The ledger's copy outside the database (default: ledger/ of --data).")
  private Optional<Path> copy;

  @Option(
      names = "--authority",
      paramLabel = "FILE",
      description = "authority.yaml (default: that of --data).")
  private Optional<Path> authority;

  /** Whether options or the usual folder name an instance at all. */
  public boolean isNamed() {
    return isNamedByOptions() || new DataDirectory(USUAL).isThere();
  }

  /** Whether the person said which instance is meant. */
  public boolean isNamedByOptions() {
    return folder.isPresent() || database.given().isPresent();
  }

  /** The ledger's copy where the person named one. */
  public Optional<Path> givenCopy() {
    return copy.map(LocalInstance::absolute);
  }

  /** The ledger's copy outside the database. */
  public Path copy() {
    return copy.map(LocalInstance::absolute).orElseGet(() -> mustHaveData("--copy").ledger());
  }

  /** What the ceremony left. */
  public Path authority() {
    return findAuthority().orElseGet(() -> mustHaveData("--authority").authorityYaml());
  }

  /** The same where there is one. */
  public Optional<Path> findAuthority() {
    return authority
        .map(LocalInstance::absolute)
        .or(() -> data().map(DataDirectory::authorityYaml).filter(Files::exists));
  }

  /** The token's description; a command that signs needs a data directory. */
  public Path hsm() {
    return mustHaveData("--data").hsmYaml();
  }

  /** The folder of profiles that the instance was told of, if any. */
  public Optional<Path> profiles() {
    return Optional.ofNullable(kept().get("chancery.profiles")).map(Path::of);
  }

  /** The database, whether the service runs or not. */
  public LocalDatabase open(Consumer<String> progress) {
    Optional<DatabaseAccess> foreign = foreignDatabase();
    if (foreign.isPresent()) {
      return LocalDatabase.running(foreign.get());
    }
    DataDirectory data = mustHaveData("--jdbc-url");
    if (!Files.exists(data.postgres())) {
      throw new Failure.Misconfigured(
              "data directory " + data.root(),
              "has no database yet",
              "start it once with chancery up, or name a database with --jdbc-url")
          .thrown();
    }
    return DataLock.heldByInstance(data)
        ? LocalDatabase.running(data)
        : LocalDatabase.start(data, progress);
  }

  /** The database while no service uses it; on a data directory none can start meanwhile. */
  public LocalDatabase openStopped(Consumer<String> progress) {
    mustNotRun();
    LocalDatabase opened =
        foreignDatabase()
            .map(LocalDatabase::running)
            .orElseGet(() -> LocalDatabase.start(mustHaveData("--jdbc-url"), progress));
    try {
      OtherSessions.mustBeNone(opened.access().asOwner());
      return opened;
    } catch (PkiException inUse) {
      opened.close();
      throw inUse;
    }
  }

  /** Refuses while the service runs on this data directory, or on the database that was named. */
  public void mustNotRun() {
    data()
        .filter(DataLock::heldByInstance)
        .ifPresent(
            data -> {
              throw new Failure.Conflict(
                      "data directory " + data.root(),
                      "is in use: chancery up runs on it",
                      "stop it first (Ctrl-C, or SIGTERM to its process)")
                  .thrown();
            });
    foreignDatabase().map(DatabaseAccess::asOwner).ifPresent(OtherSessions::mustBeNone);
  }

  /** The configuration that the service would have, to boot parts of it on this instance. */
  public Map<String, String> properties(LocalDatabase database) {
    Map<String, String> properties = new LinkedHashMap<>(kept());
    data()
        .ifPresent(
            data -> {
              DataLock.addresses(data)
                  .ifPresent(at -> properties.put("chancery.public-url", at.http()));
              // Computed anew: a data directory may have been moved since.
              properties.put("chancery.hsm.config", data.hsmYaml().toString());
              properties.put("chancery.ledger.copy", data.ledger().toString());
            });
    findAuthority().ifPresent(file -> properties.put("chancery.authority", file.toString()));
    copy.ifPresent(given -> properties.put("chancery.ledger.copy", absolute(given).toString()));
    properties.putAll(database.access().properties());
    return properties;
  }

  /** The data directory: the one that was named, else the usual one where it is there. */
  public Optional<DataDirectory> data() {
    return folder
        .map(DataDirectory::existing)
        .or(() -> Optional.of(new DataDirectory(USUAL)).filter(this::isMeant));
  }

  /** A database that was named is not mixed with a folder that happens to be here. */
  private boolean isMeant(DataDirectory usual) {
    return database.given().isEmpty() && usual.isThere();
  }

  private Optional<DatabaseAccess> foreignDatabase() {
    return database.given().or(() -> DatabaseAccess.of(kept()));
  }

  private Map<String, String> kept() {
    return data().map(ServiceProperties::read).orElse(Map.of());
  }

  private DataDirectory mustHaveData(String option) {
    return data()
        .orElseThrow(
            () ->
                new Failure.Misconfigured(
                        option,
                        "is needed where there is no data directory",
                        "give it, or the data directory of chancery up with --data")
                    .thrown());
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
