package io.chancery.chaos.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The clock of one Java process and not of its PostgreSQL, set while it runs: libfaketime before
 * it, which reads how far the clock is off from a file. The timer that nobody sets stays as it is.
 */
public final class FakeTime {
  private static final String LIBRARY = "faketime/libfaketimeMT.so.1";

  private final Path library;
  private final Path file;

  private FakeTime(Path library, Path file) {
    this.library = library;
    this.file = file;
  }

  /** With a clock that is right; empty where libfaketime is not installed. */
  public static Optional<FakeTime> in(Path folder) {
    return Stream.of(
            "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib")
        .map(where -> Path.of(where, LIBRARY))
        .filter(Files::exists)
        .findFirst()
        .map(library -> new FakeTime(library, folder.resolve("faketime")))
        .map(
            made -> {
              made.set(Duration.ZERO);
              return made;
            });
  }

  /** What a process must be started with. */
  public Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAKETIME_TIMESTAMP_FILE", file.toString(),
        "FAKETIME_CACHE_DURATION", "1",
        "FAKETIME_DISABLE_SHM", "1",
        "FAKETIME_ONLY_CMDS", "java",
        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
        "DONT_FAKE_MONOTONIC", "1");
  }

  /** Steps the clock: from now on it is off by so much. */
  public void set(Duration off) {
    try {
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(fresh, (off.isNegative() ? "-" : "+") + off.abs().toSeconds() + "\n");
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }
}
