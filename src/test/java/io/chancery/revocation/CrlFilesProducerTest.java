package io.chancery.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.issuance.Issuers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who named a folder keeps it; one that was made for the process ends with it. */
class CrlFilesProducerTest {
  @TempDir Path named;

  private final CrlFilesProducer producer = new CrlFilesProducer();

  @Test
  void aNamedFolderIsKept() throws Exception {
    CrlFiles files = open(Optional.of(named));
    Path file = Files.createFile(named.resolve("issuing.7.crl"));
    producer.close(files, Optional.of(named));
    assertThat(file).exists();
  }

  @Test
  void aFreshOneIsRemoved() throws Exception {
    CrlFiles files = open(Optional.empty());
    assertThat(files.folder()).isDirectory();
    Files.createFile(files.folder().resolve("issuing.7.crl"));
    producer.close(files, Optional.empty());
    assertThat(files.folder()).doesNotExist();
  }

  private CrlFiles open(Optional<Path> folder) {
    return producer.files(folder, Issuers.of(List.of()), InstantSource.system());
  }
}
