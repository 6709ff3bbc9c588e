package io.chancery.cli.local;

import io.chancery.Failure;
import io.chancery.PkiException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * One instance a data directory. The kernel frees the lock when its holder dies, so none is ever
 * stale; the file says who holds it and where that one is reached.
 *
 * <p>Whoever holds the lock must not open the file again: closing any channel on it frees it.
 */
public final class DataLock implements AutoCloseable {
  private static final int LONGEST = 4096;

  private final FileChannel channel;

  private DataLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock and leaves pid and addresses in it; throws {@code Conflict} naming a holder. */
  public static DataLock take(DataDirectory data, Addresses addresses) {
    return take(data, addresses.text());
  }

  /** The same for a status node, which has no https for commands to speak to. */
  public static DataLock takeForNode(DataDirectory data) {
    return take(data, "");
  }

  /** The same for a command that is reached nowhere. */
  static DataLock takeForCommand(DataDirectory data) {
    return take(data, "");
  }

  /** Whether an instance of {@code up} holds it at this moment; a command does not count. */
  static boolean heldByInstance(DataDirectory data) {
    try (FileChannel channel = open(data)) {
      return !locked(channel) && Addresses.parse(read(channel)).isPresent();
    } catch (IOException cannot) {
      throw unusable(data, cannot);
    }
  }

  private static DataLock take(DataDirectory data, String addresses) {
    try {
      FileChannel channel = open(data);
      if (!locked(channel)) {
        String holder = read(channel);
        channel.close();
        throw inUse(data, holder);
      }
      write(channel, "pid=" + ProcessHandle.current().pid() + "\n" + addresses);
      return new DataLock(channel);
    } catch (IOException cannot) {
      throw unusable(data, cannot);
    }
  }

  /** Where the instance that holds this data directory, or held it last, is reached. */
  public static Optional<Addresses> addresses(DataDirectory data) {
    try {
      return Addresses.parse(Files.readString(data.lock()));
    } catch (NoSuchFileException neverUsed) {
      return Optional.empty();
    } catch (IOException cannot) {
      throw new Failure.Misconfigured(
              data.lock().toString(), "cannot be read", "give the address with --url")
          .because(cannot);
    }
  }

  /** The process of the instance that holds this data directory, if it lives. */
  public static Optional<ProcessHandle> holder(DataDirectory data) {
    if (!Files.exists(data.lock()) || !heldByInstance(data)) {
      return Optional.empty();
    }
    try (FileChannel channel = open(data)) {
      return read(channel)
          .lines()
          .filter(line -> line.matches("pid=\\d+"))
          .findFirst()
          .flatMap(line -> ProcessHandle.of(Long.parseLong(line.substring("pid=".length()))));
    } catch (IOException cannot) {
      throw unusable(data, cannot);
    }
  }

  @Override
  public void close() {
    try {
      write(channel, "");
      channel.close();
    } catch (IOException gone) {
      // The kernel frees the lock with the process; what stays is a text about a dead one.
      return;
    }
  }

  private static FileChannel open(DataDirectory data) throws IOException {
    return FileChannel.open(
        data.lock(),
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private static PkiException unusable(DataDirectory data, IOException cannot) {
    return new Failure.Misconfigured(
            "data directory " + data.root(),
            "its lock cannot be taken: " + cannot.getMessage(),
            "use a folder on a local file system, writable for this user")
        .because(cannot);
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException sameJvm) {
      return false;
    }
  }

  private static PkiException inUse(DataDirectory data, String holder) {
    String pid =
        holder
            .lines()
            .filter(line -> line.startsWith("pid="))
            .findFirst()
            .orElse("pid=unknown")
            .replace('=', ' ');
    String who =
        Addresses.parse(holder)
            .map(at -> "another instance (" + pid + ", " + at.https() + ")")
            .orElse("another command (" + pid + ")");
    return new Failure.Conflict(
            "data directory " + data.root(),
            "is in use by " + who,
            "use that one, stop it first, or give this one its own folder with --data")
        .thrown();
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(LONGEST);
    channel.read(text, 0);
    return StandardCharsets.UTF_8.decode(text.flip()).toString();
  }

  private static void write(FileChannel channel, String text) throws IOException {
    channel.truncate(0);
    channel.write(StandardCharsets.UTF_8.encode(text), 0);
  }
}
