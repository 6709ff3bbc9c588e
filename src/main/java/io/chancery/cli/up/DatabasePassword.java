package io.chancery.cli.up;

import io.chancery.Failure;
import io.quarkus.credentials.CredentialsProvider;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The database's password from its file, read at each new connection: it may be changed there. */
@ApplicationScoped
class DatabasePassword implements CredentialsProvider {
  /** The name under which the data source asks. */
  static final String NAME = "password-file";

  private final Optional<Path> file;

  DatabasePassword(@ConfigProperty(name = "chancery.database.password-file") Optional<Path> file) {
    this.file = file;
  }

  @Override
  public Map<String, String> getCredentials(String asker) {
    return file.map(path -> Map.of(PASSWORD_PROPERTY_NAME, read(path))).orElse(Map.of());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException cannot) {
      throw new Failure.Misconfigured(
              "chancery.database.password-file",
              file + " cannot be read",
              "give a file with the database role's password and nothing else")
          .because(cannot);
    }
  }
}
