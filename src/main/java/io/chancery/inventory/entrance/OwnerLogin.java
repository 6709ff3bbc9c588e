package io.chancery.inventory.entrance;

import io.chancery.Failure;
import io.quarkus.arc.Unremovable;
import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Migrations run as the tables' owner, who then says what the application's role may do
 * (afterMigrate.sql). Without an owner of its own they run as the application.
 */
@Singleton
@Unremovable
class OwnerLogin implements FlywayConfigurationCustomizer {
  private final Optional<String> url;
  private final Optional<String> application;
  private final Optional<String> owner;
  private final Optional<Path> passwordFile;

  OwnerLogin(
      @ConfigProperty(name = "quarkus.datasource.jdbc.url") Optional<String> url,
      @ConfigProperty(name = "quarkus.datasource.username") Optional<String> application,
      @ConfigProperty(name = "chancery.database.owner") Optional<String> owner,
      @ConfigProperty(name = "chancery.database.owner-password-file") Optional<Path> passwordFile) {
    this.url = url;
    this.application = application;
    this.owner = owner;
    this.passwordFile = passwordFile;
  }

  @Override
  public void customize(FluentConfiguration flyway) {
    if (owner.isPresent() && url.isPresent()) {
      flyway
          .dataSource(url.get(), owner.get(), passwordFile.map(OwnerLogin::read).orElse(""))
          .initSql(
              "set chancery.application = '" + application.orElse("").replace("'", "''") + "'");
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException unreadable) {
      throw new Failure.Misconfigured(
              "chancery.database.owner-password-file",
              file + " cannot be read",
              "name a file that holds the password and that this user may read")
          .because(unreadable);
    }
  }
}
