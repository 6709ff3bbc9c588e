package io.chancery.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.Failure;
import io.chancery.PkiException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path temp;

  @Test
  void isMadeForItsOwnerOnly() throws Exception {
    DataDirectory data = DataDirectory.open(temp.resolve("deep/er"));
    assertThat(mode(data.root())).isEqualTo("rwx------");
    assertThat(mode(data.log())).isEqualTo("rwx------");
    assertThat(data.root()).isAbsolute();
  }

  @Test
  void keepsSecretsFromOthersAlsoWhenWrittenAgain() throws Exception {
    DataDirectory data = DataDirectory.open(temp.resolve("data"));
    Path file = data.root().resolve("secret");
    data.writeSecret(file, "one");
    data.writeSecret(file, "two");
    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(file).hasContent("two");
    assertThat(data.root().resolve("secret.new")).doesNotExist();
  }

  @Test
  void opensASecondTime() {
    DataDirectory.open(temp.resolve("data"));
    assertThat(DataDirectory.open(temp.resolve("data")).root()).isEqualTo(temp.resolve("data"));
  }

  @Test
  void refusesAFile() throws Exception {
    Path file = Files.createFile(temp.resolve("file"));
    refused(file, "is a file, not a folder");
  }

  @Test
  void refusesAFolderBelowAFile() throws Exception {
    Path file = Files.createFile(temp.resolve("file"));
    assertThatThrownBy(() -> DataDirectory.open(file.resolve("data")))
        .isInstanceOfSatisfying(
            PkiException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.Misconfigured.class));
  }

  @Test
  void refusesAFolderThatHoldsSomethingElse() throws Exception {
    Files.createFile(temp.resolve("thesis.doc"));
    refused(temp, "holds other files and is no data directory of Chancery");
  }

  private static void refused(Path folder, String reason) {
    assertThatThrownBy(() -> DataDirectory.open(folder))
        .isInstanceOfSatisfying(
            PkiException.class,
            e -> {
              Failure.Misconfigured failure = (Failure.Misconfigured) e.failure();
              assertThat(failure.where()).contains(folder.toString());
              assertThat(failure.reason()).isEqualTo(reason);
              assertThat(failure.remedy()).contains("--data");
            });
  }

  private static String mode(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
