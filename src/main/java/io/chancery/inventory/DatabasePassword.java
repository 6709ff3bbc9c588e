package io.chancery.inventory;

import io.chancery.Failure;
import io.quarkus.credentials.CredentialsProvider;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The database's password, read from its file whenever the pool opens a connection. */
@Singleton
@Named("database-password")
class DatabasePassword implements CredentialsProvider {
  private final Path file;
  private final String user;

  DatabasePassword(
      @ConfigProperty(name = "chancery.database.password-file") Path file,
      @ConfigProperty(name = "quarkus.datasource.username") String user) {
    this.file = file;
    this.user = user;
  }

  @Override
  public Map<String, String> getCredentials(String credentialsProviderName) {
    try {
      return Map.of(
          USER_PROPERTY_NAME, user, PASSWORD_PROPERTY_NAME, Files.readString(file).strip());
    } catch (IOException unreadable) {
      throw new Failure.Misconfigured(
              "chancery.database.password-file",
              "cannot be read: " + unreadable.getClass().getSimpleName(),
              "name a file that holds the password and that this user may read")
          .because(unreadable);
    }
  }
}
