package io.chancery.kill;

import static org.awaitility.Awaitility.await;

import io.chancery.PkiException;
import io.chancery.cli.local.DataDirectory;
import io.chancery.cli.local.Postgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The PostgreSQL of a {@link Victim}, as processes. */
record Database(DataDirectory data) {
  /** All of it ends at once. */
  void kill() {
    List<ProcessHandle> all = processes();
    all.forEach(ProcessHandle::destroyForcibly);
    await("end of PostgreSQL")
        .atMost(Victim.PATIENCE)
        .until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
  }

  void killPostmaster() {
    postmaster().ifPresent(ProcessHandle::destroyForcibly);
  }

  void killOneBackend(RandomGenerator random) {
    List<ProcessHandle> backends = backends();
    if (!backends.isEmpty()) {
      backends.get(random.nextInt(backends.size())).destroyForcibly();
    }
  }

  /** PostgreSQL refuses while a process of the one before is still in its shared memory. */
  void start() {
    int port = lastPort();
    await("PostgreSQL")
        .atMost(Victim.PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              try {
                return Postgres.start(data, step -> {}).port() == port;
              } catch (PkiException notYet) {
                System.out.println(
                    "          PostgreSQL does not start yet: " + notYet.getMessage());
                return false;
              }
            });
  }

  List<ProcessHandle> processes() {
    List<ProcessHandle> all = new ArrayList<>(postmaster().stream().toList());
    all.addAll(backends());
    return all;
  }

  private int lastPort() {
    try {
      return Files.readString(data.root().resolve("pg/chancery.conf"))
          .lines()
          .filter(line -> line.startsWith("port = "))
          .mapToInt(line -> Integer.parseInt(line.substring("port = ".length())))
          .findFirst()
          .orElseThrow();
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  private List<ProcessHandle> backends() {
    return postmaster().stream().flatMap(ProcessHandle::children).toList();
  }

  private Optional<ProcessHandle> postmaster() {
    try {
      Path file = data.root().resolve("pg/postmaster.pid");
      List<String> lines = Files.readAllLines(file);
      return lines.isEmpty()
          ? Optional.empty()
          : ProcessHandle.of(Math.abs(Long.parseLong(lines.getFirst().strip())))
              .filter(Database::isPostgres);
    } catch (NoSuchFileException stopped) {
      return Optional.empty();
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  /** A number in an old file may have been given to another process since. */
  private static boolean isPostgres(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/stat")).contains("(postgres)");
    } catch (IOException gone) {
      return false;
    }
  }
}
