package io.chancery.backup;

import io.chancery.Failure;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * Makes the tables as they were when a backup was made: the very migrations that had run then, by
 * name. The next start of the service migrates further.
 */
final class Migrations {
  private static final String FOLDER = "db/migration/";

  private final Map<String, LoadableResource> scripts = new TreeMap<>();

  private Migrations() {}

  /** Finds the scripts; one that is not here belongs to a newer program. */
  static Migrations of(String backup, List<Manifest.Migration> schema) {
    Migrations migrations = new Migrations();
    for (Manifest.Migration migration : schema) {
      URL found =
          Optional.ofNullable(
                  Migrations.class.getClassLoader().getResource(FOLDER + migration.fileName()))
              .orElseThrow(
                  () ->
                      new Failure.Refused(
                              "backup-schema",
                              backup
                                  + ": has schema version "
                                  + migration.version()
                                  + ", which this program does not know",
                              "restore with the version of Chancery that made it, or a newer one")
                          .thrown());
      migrations.scripts.put(migration.fileName(), new Script(migration.fileName(), found));
    }
    return migrations;
  }

  /** Runs them on an empty schema, inside the transaction that is open on {@code connection}. */
  void run(Connection connection) {
    Flyway.configure()
        .dataSource(new OneTransaction(connection))
        .resourceProvider(
            new ResourceProvider() {
              @Override
              public @Nullable LoadableResource getResource(String name) {
                return scripts.get(name);
              }

              @Override
              public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
                return scripts.values().stream()
                    .filter(script -> script.getFilename().startsWith(prefix))
                    .toList();
              }
            })
        .javaMigrationClassProvider(List::of)
        .load()
        .migrate();
  }

  /** A migration on the class path. */
  private static final class Script extends LoadableResource {
    private final String name;
    private final URL url;

    Script(String name, URL url) {
      this.name = name;
      this.url = url;
    }

    @Override
    public Reader read() {
      try {
        return new InputStreamReader(url.openStream(), StandardCharsets.UTF_8);
      } catch (IOException cannot) {
        throw new UncheckedIOException(cannot);
      }
    }

    @Override
    public String getAbsolutePath() {
      return FOLDER + name;
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return FOLDER + name;
    }

    @Override
    public String getFilename() {
      return name;
    }

    @Override
    public String getRelativePath() {
      return name;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Script script && script.name.equals(name);
    }

    @Override
    public int hashCode() {
      return Objects.hash(name);
    }
  }
}
