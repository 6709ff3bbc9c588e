package io.chancery.ledger.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.chancery.Failure;
import io.chancery.testing.Refusals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real disk of 64 kB, filled and made read-only; only where the tests may mount one. */
class BadDiskTest {
  private static final byte[] OLD = new byte[8_000];
  private static final byte[] TOO_MUCH = new byte[100_000];

  @TempDir private Path folder;

  @BeforeEach
  void mount() throws Exception {
    assumeThat(run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder.toString()))
        .as("mounting a disk for the test")
        .isZero();
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", folder.toString());
  }

  @Test
  void aFullDiskIsUnavailableAndWhatWasThereStays() throws IOException {
    Place place = new DirectoryPlace(folder);
    place.replace("checkpoint", OLD);
    assertNoSpace(Refusals.of(() -> place.replace("checkpoint", TOO_MUCH)));
    assertNoSpace(Refusals.of(() -> place.write("tile/0/000", TOO_MUCH)));
    assertThat(place.read("checkpoint")).hasValue(OLD);
    assertThat(place.read("tile/0/000")).isEmpty();
    place.write("tile/0/000", OLD);
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(file -> file.toString().contains(".part-"))).isEmpty();
    }
  }

  @Test
  void aReadOnlyDiskIsReadAndRefusesToBeWritten() throws Exception {
    Place place = new DirectoryPlace(folder);
    place.replace("checkpoint", OLD);
    assertThat(run("mount", "-o", "remount,ro", folder.toString())).isZero();
    Failure failure = Refusals.of(() -> place.replace("checkpoint", TOO_MUCH));
    assertThat(failure).isInstanceOf(Failure.Unavailable.class);
    assertThat(failure.detail()).contains("Read-only file system");
    assertThat(place.read("checkpoint")).hasValue(OLD);
    place.write("checkpoint", OLD);
  }

  private static void assertNoSpace(Failure failure) {
    assertThat(failure).isInstanceOf(Failure.Unavailable.class);
    assertThat(failure.detail()).contains("No space left on device");
  }

  private static int run(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(List.of(command))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException noSuchProgram) {
      return -1;
    }
  }
}
