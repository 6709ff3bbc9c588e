package io.chancery.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.cli.local.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The temporary folder of one demo, which only its owner may enter, and the programs that run in
 * it. Closing stops them; a signal does the same.
 */
final class Workshop implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SECONDS_TO_STOP = 10;

  private final DataDirectory data;
  private final Path folder;
  private final Runnable farewell;
  private final List<Process> running = new ArrayList<>();
  private boolean tidied;
  private final Thread onSignal = new Thread(this::tidyInHaste, "demo-tidy");

  private Workshop(DataDirectory data, Path folder, Runnable farewell) {
    this.data = data;
    this.folder = folder;
    this.farewell = farewell;
  }

  /** A folder that is gone afterwards. */
  static Workshop passing(DataDirectory data) {
    Path folder = newFolder();
    return furnished(new Workshop(data, folder, () -> delete(folder)));
  }

  /** A folder that stays, and says where. */
  static Workshop kept(DataDirectory data, Transcript transcript) {
    Path folder = newFolder();
    return furnished(
        new Workshop(
            data,
            folder,
            () -> {
              transcript.line("");
              transcript.line("Kept: " + folder + " (with keys and the enrolment token in it).");
            }));
  }

  Path folder() {
    return folder;
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  DataDirectory data() {
    return data;
  }

  void write(String name, String text) {
    try {
      Files.writeString(file(name), text);
    } catch (IOException cannot) {
      throw unusable(file(name), cannot);
    }
  }

  void writeJson(String name, Map<String, ?> content) {
    try {
      JSON.writerWithDefaultPrettyPrinter().writeValue(file(name).toFile(), content);
    } catch (IOException cannot) {
      throw unusable(file(name), cannot);
    }
  }

  String read(String name) {
    try {
      return Files.readString(file(name));
    } catch (IOException cannot) {
      throw unusable(file(name), cannot);
    }
  }

  synchronized void stopLater(Process process) {
    running.add(process);
  }

  /** Stops a program and waits for its end. */
  synchronized void stop(Process process) {
    running.remove(process);
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    process.destroy();
    try {
      if (process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    all.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    tidy();
    try {
      Runtime.getRuntime().removeShutdownHook(onSignal);
    } catch (IllegalStateException signalled) {
      return;
    }
  }

  private synchronized void tidy() {
    List.copyOf(running).forEach(this::stop);
    if (!tidied) {
      tidied = true;
      farewell.run();
    }
  }

  /** A tool that was cut off may still write into the folder: then it stays. */
  private void tidyInHaste() {
    try {
      tidy();
    } catch (PkiException stillWrittenTo) {
      return;
    }
  }

  private static Workshop furnished(Workshop workshop) {
    DataDirectory data = workshop.data;
    try {
      Files.createSymbolicLink(workshop.file("trust"), data.trust());
      Files.createSymbolicLink(workshop.file("admin"), data.admin());
      Files.createSymbolicLink(workshop.file("root.crl"), data.authority().resolve("root.crl"));
      Path header =
          Files.createFile(
              workshop.file("token.header"),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(
          header, "Authorization: Bearer " + data.readSecret(data.enrolToken()) + "\n");
    } catch (IOException cannot) {
      throw unusable(workshop.folder, cannot);
    }
    Runtime.getRuntime().addShutdownHook(workshop.onSignal);
    return workshop;
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory(
          "chancery-demo-",
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException cannot) {
      throw unusable(Path.of(System.getProperty("java.io.tmpdir", "/tmp")), cannot);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(one);
      }
    } catch (IOException cannot) {
      throw unusable(folder, cannot);
    }
  }

  private static PkiException unusable(Path file, IOException cause) {
    return new Failure.Misconfigured(
            file.toString(), "cannot be used: " + cause, "look at its space and permissions")
        .because(cause);
  }
}
