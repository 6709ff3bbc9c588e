package io.chancery.ledger.copy;

import io.chancery.Failure;
import io.chancery.PkiException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A directory, best on another disk than the database's. A file is written beside its place, forced
 * to the disk, renamed over it, and the folder is forced as well: a crash leaves the old file or
 * the new one, and at worst a {@code .part-*} that no path can name.
 */
public final class DirectoryPlace implements Place {
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final Path root;

  /**
   * The directory is not made, so that a disk that is not mounted is not mistaken for an empty one:
   * while it is not there, every call is {@code Unavailable}.
   */
  public DirectoryPlace(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  public Optional<byte[]> read(String path) {
    Path file = file(path);
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException notThere) {
      // A disk that is not mounted any more must not look like a copy that is empty.
      checkRoot();
      return Optional.empty();
    } catch (IOException cannot) {
      throw unavailable(path, cannot);
    }
  }

  @Override
  public void write(String path, byte[] octets) {
    writeAll(Map.of(path, octets));
  }

  /**
   * Files that are forced at the same time share the disk's work, and each folder is forced once.
   */
  @Override
  public void writeAll(Map<String, byte[]> files) {
    try (ExecutorService beside = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<String>> writing = new ArrayList<>();
      files.forEach((path, octets) -> writing.add(() -> keep(path, octets)));
      for (Future<String> one : beside.invokeAll(writing)) {
        if (one.state() == Future.State.FAILED) {
          throw one.exceptionNow() instanceof PkiException known
              ? known
              : new IllegalStateException(one.exceptionNow());
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Failure.Unavailable("the ledger's copy", "the process stops", RETRY)
          .because(stopped);
    }
    // A file may stand there from a writer that died before its folder was forced.
    forceFolders(files.keySet());
  }

  private String keep(String path, byte[] octets) {
    if (read(path).isEmpty()) {
      put(path, octets, DirectoryPlace::linkUnlessThere);
    }
    // Whoever was first, this writer or another: what stands there now is what counts.
    byte[] there = read(path).orElse(new byte[0]);
    if (!Arrays.equals(there, octets)) {
      throw PlacePath.differs(path).thrown();
    }
    return path;
  }

  @Override
  public void replace(String path, byte[] octets) {
    put(path, octets, DirectoryPlace::rename);
    forceFolders(Set.of(path));
  }

  @Override
  public void forget(String path) {
    Path file = file(path);
    try {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder(file));
    } catch (DirectoryNotEmptyException others) {
      // The folder stays for what else is in it.
      return;
    } catch (IOException cannot) {
      throw unavailable(path, cannot);
    }
  }

  @Override
  public String words() {
    return "directory " + root;
  }

  /** How a whole, forced file comes under its name. */
  @FunctionalInterface
  private interface Naming {
    void name(Path part, Path file) throws IOException;
  }

  private void put(String path, byte[] octets, Naming naming) {
    Path file = file(path);
    checkRoot();
    try {
      makeFolders(folder(file));
      Path part = folder(file).resolve(".part-" + UUID.randomUUID());
      try {
        writeForced(part, octets);
        naming.name(part, file);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException cannot) {
      throw unavailable(path, cannot);
    }
  }

  private static void rename(Path part, Path file) throws IOException {
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** A hard link never takes the place of a file that another replica wrote in this moment. */
  private static void linkUnlessThere(Path part, Path file) throws IOException {
    try {
      Files.createLink(file, part);
    } catch (FileAlreadyExistsException other) {
      return;
    } catch (FileSystemException | UnsupportedOperationException noLinksHere) {
      rename(part, file);
    }
  }

  private Path file(String path) {
    return root.resolve(PlacePath.checked(path));
  }

  private Path folder(Path file) {
    return Optional.ofNullable(file.getParent()).orElse(root);
  }

  private void checkRoot() {
    if (!Files.isDirectory(root)) {
      throw new Failure.Unavailable("the ledger's copy", words() + " is gone", RETRY).thrown();
    }
  }

  /** A new folder's name stands in the folder above: that one is forced as well. */
  private void makeFolders(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    makeFolders(folder(folder));
    Files.createDirectories(folder);
    force(folder(folder));
  }

  /** Those of the files and all above them, each once. */
  private void forceFolders(Set<String> paths) {
    Set<Path> folders = new LinkedHashSet<>();
    for (String path : paths) {
      for (Path at = folder(file(path)); at.startsWith(root) && folders.add(at); ) {
        at = folder(at);
      }
    }
    for (Path folder : folders) {
      try {
        force(folder);
      } catch (IOException cannot) {
        throw unavailable(root.relativize(folder).toString(), cannot);
      }
    }
  }

  private static void writeForced(Path file, byte[] octets) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(octets);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private PkiException unavailable(String path, IOException cannot) {
    return new Failure.Unavailable(
            "the ledger's copy", path + " in " + words() + ": " + why(cannot), RETRY)
        .because(cannot);
  }

  /** What the system says ("No space left on device", "Read-only file system") is the best text. */
  private static String why(IOException cannot) {
    if (cannot instanceof AccessDeniedException) {
      return "access denied";
    }
    if (cannot instanceof FileSystemException known && known.getReason() != null) {
      return known.getReason();
    }
    return cannot.getMessage() == null ? cannot.getClass().getSimpleName() : cannot.getMessage();
  }
}
