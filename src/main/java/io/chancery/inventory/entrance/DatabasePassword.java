package io.chancery.inventory.entrance;

import io.chancery.Failure;
import io.quarkus.arc.Unremovable;
import io.quarkus.credentials.CredentialsProvider;
import jakarta.inject.Named;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The database's password, read from its file whenever the pool opens a connection: it may be
 * changed there. Without a file the driver's own ways hold.
 */
@Singleton
@Unremovable
@Named("database-password")
class DatabasePassword implements CredentialsProvider {
  /** Asked for each time: the pool may be made before all of the configuration is known. */
  private final Provider<Optional<Path>> file;

  private final Provider<Optional<String>> user;

  DatabasePassword(
      @ConfigProperty(name = "chancery.database.password-file") Provider<Optional<Path>> file,
      @ConfigProperty(name = "quarkus.datasource.username") Provider<Optional<String>> user) {
    this.file = file;
    this.user = user;
  }

  @Override
  public Map<String, String> getCredentials(String credentialsProviderName) {
    Map<String, String> credentials = new HashMap<>();
    user.get().ifPresent(name -> credentials.put(USER_PROPERTY_NAME, name));
    file.get().ifPresent(path -> credentials.put(PASSWORD_PROPERTY_NAME, read(path)));
    return credentials;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException unreadable) {
      throw new Failure.Misconfigured(
              "chancery.database.password-file",
              file + " cannot be read",
              "name a file that holds the password and that this user may read")
          .because(unreadable);
    }
  }
}
