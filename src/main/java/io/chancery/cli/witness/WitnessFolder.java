package io.chancery.cli.witness;

import io.chancery.Failure;
import io.chancery.ledger.copy.DirectoryPlace;
import io.chancery.ledger.copy.Place;
import io.chancery.ledger.note.NoteSigner;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A witness's folder: its key, and what it has seen. One process at a time: two that keep apart
 * what they have seen could cosign two trees.
 */
final class WitnessFolder implements AutoCloseable {
  private final Path folder;
  private final FileChannel lockFile;

  private WitnessFolder(Path folder, FileChannel lockFile) {
    this.folder = folder;
    this.lockFile = lockFile;
  }

  static WitnessFolder open(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel lockFile =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(lockFile)) {
        lockFile.close();
        throw misconfigured(folder, "another witness works with it").thrown();
      }
      return new WitnessFolder(folder, lockFile);
    } catch (IOException cannot) {
      throw misconfigured(folder, "cannot be used: " + cannot.getMessage()).because(cannot);
    }
  }

  NoteSigner signer(Optional<String> name) {
    return WitnessKey.in(folder.resolve("witness.pem"), name);
  }

  Place place() {
    return new DirectoryPlace(folder);
  }

  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException gone) {
      throw misconfigured(folder, "its lock could not be given back").because(gone);
    }
  }

  /** The lock lasts as long as its channel, and ends with the process however that ends. */
  private static boolean isLocked(FileChannel lockFile) throws IOException {
    try {
      FileLock lock = lockFile.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException sameProcess) {
      return false;
    }
  }

  private static Failure misconfigured(Path folder, String reason) {
    return new Failure.Misconfigured(
        "witness folder " + folder, reason, "give every witness a folder of its own with --data");
  }
}
