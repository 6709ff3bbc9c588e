package io.chancery.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Texts that a person has read and agreed to, under {@code src/test/resources/golden}. A change
 * shows in review as a change of the file, which {@code ./mvnw verify -Dgolden.update=true} writes.
 */
public final class Golden {
  private static final Path FOLDER = Path.of("src", "test", "resources", "golden");
  private static final String UPDATE = "./mvnw verify -Dgolden.update=true";

  private Golden() {}

  /** Compares with the file of this name, or writes it when asked to. */
  public static void check(String file, String actual) {
    checkFile(FOLDER.resolve(file), actual);
  }

  /** The same for a file that stands elsewhere in the tree, such as a page of docs/. */
  public static void checkFile(Path path, String actual) {
    String text = actual.endsWith("\n") ? actual : actual + "\n";
    try {
      if (Boolean.getBoolean("golden.update")) {
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        return;
      }
      String agreed = Files.exists(path) ? Files.readString(path) : "";
      assertThat(text)
          .as(
              "%s is not what was agreed; if the change is meant, run  %s  and commit",
              path, UPDATE)
          .isEqualTo(agreed);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
