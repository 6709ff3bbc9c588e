package io.chancery.testing;

import io.chancery.hsm.SoftHsm;
import io.chancery.hsm.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Tokens for tests, in the real SoftHSM. A module has one configuration for the life of a process,
 * so all tokens of a test run are in one folder; the folder's name is kept in a system property,
 * where every class loader finds it.
 */
public final class TestToken {
  /** Opens every token made here. */
  public static final String PIN = "1234";

  private static final String FOLDER = "io.chancery.testing.softhsm";

  private TestToken() {}

  /** A new token with this label and a PIN file; the path of an hsm.yaml that means it. */
  public static Path fresh(String label) {
    try {
      Path home = Files.createTempDirectory(folder(), "token");
      Path pin = secret(home.resolve("pin"), PIN);
      Path soPin = secret(home.resolve("so-pin"), "12345678");
      Tokens.initialize(List.of(library()), environment(), label, soPin, pin);
      return yaml(home.resolve("hsm.yaml"), label, "");
    } catch (IOException unwritable) {
      throw new java.io.UncheckedIOException(unwritable);
    }
  }

  /** A label that no other test has. */
  public static String label(String word) {
    return word + "-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
  }

  /** Another hsm.yaml beside {@code hsmYaml}, for the same token, with more lines. */
  public static Path yaml(Path file, String label, String more) throws IOException {
    return Files.writeString(
        file,
        """
        module: %s
        token: {label: %s}
        pin-file: pin
        environment: {SOFTHSM2_CONF: %s}
        %s
        """
            .formatted(library(), label, environment().get("SOFTHSM2_CONF"), more));
  }

  /** Where SoftHSM keeps the tokens of this run. */
  public static Path tokens() {
    return folder().resolve("tokens");
  }

  public static Map<String, String> environment() {
    return Map.of("SOFTHSM2_CONF", folder().resolve("softhsm2.conf").toString());
  }

  public static Path library() {
    return SoftHsm.findOrInstall(SoftHsm.userCache(), line -> {}).library();
  }

  /** Writes a file of mode 0600. */
  public static Path secret(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, text + "\n");
  }

  private static Path folder() {
    synchronized (System.getProperties()) {
      String folder = System.getProperty(FOLDER);
      if (folder == null) {
        try {
          Path target = Files.createDirectories(Path.of("target"));
          folder = Files.createTempDirectory(target, "softhsm").toRealPath().toString();
        } catch (IOException unwritable) {
          throw new java.io.UncheckedIOException(unwritable);
        }
        SoftHsm.configuration(Path.of(folder, "tokens"));
        System.setProperty(FOLDER, folder);
      }
      return Path.of(folder);
    }
  }
}
