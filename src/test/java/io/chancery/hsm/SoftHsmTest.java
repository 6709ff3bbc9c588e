package io.chancery.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoftHsmTest {
  @TempDir Path folder;

  @Test
  void itsConfigurationNamesAFolderThatNobodyElseReads() throws Exception {
    Path tokens = folder.resolve("softhsm/tokens");
    Path file = SoftHsm.configuration(tokens);
    assertThat(file).isEqualTo(folder.resolve("softhsm/softhsm2.conf"));
    assertThat(Files.readString(file)).contains("directories.tokendir = " + tokens + "\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tokens)))
        .isEqualTo("rwx------");
    assertThat(SoftHsm.configuration(tokens)).isEqualTo(file);
  }

  @Test
  void aLibraryUnpackedIntoTheCacheIsFound() throws Exception {
    Path cache = folder.resolve("cache");
    Path library = cache.resolve("usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so");
    Files.createDirectories(library.getParent());
    Files.createFile(library);
    // Where the machine has its own, that one is taken.
    assertThat(SoftHsm.find(cache)).isPresent();
    assertThat(SoftHsm.find(folder.resolve("none")).map(SoftHsm::library))
        .isNotEqualTo(java.util.Optional.of(library));
  }

  @Test
  void whatIsThereIsNotInstalledAgain() {
    Path library = io.chancery.testing.TestToken.library();
    assertThat(library).isRegularFile();
    assertThat(
            SoftHsm.findOrInstall(
                    SoftHsm.userCache(),
                    line -> {
                      throw new AssertionError(line);
                    })
                .library())
        .isEqualTo(library);
  }
}
