package io.chancery.hsm;

import io.chancery.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/** Files and folders that only this process's user may read. */
final class PrivateFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private PrivateFile() {}

  /** Refuses a file that is missing, is no file, or that others may read. */
  static void check(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new Failure.Misconfigured(
              file.toString(), "there is no such file", "write the secret into it, mode 600")
          .thrown();
    }
    try {
      if (isOpen(file)) {
        throw new Failure.Misconfigured(
                file.toString(), "others may read this secret", "chmod 600 " + file)
            .thrown();
      }
    } catch (IOException unreadable) {
      throw new Failure.Misconfigured(
              file.toString(), "its mode cannot be read", "let the service's user read it")
          .because(unreadable);
    }
  }

  /**
   * Group-readable is accepted only where the file belongs to somebody else: a secret that
   * Kubernetes mounts belongs to root, and its group is the only way to it.
   */
  private static boolean isOpen(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return false;
    }
    Set<PosixFilePermission> others = EnumSet.noneOf(PosixFilePermission.class);
    others.addAll(Files.getPosixFilePermissions(file));
    others.removeAll(OWNER_ONLY);
    if (!Objects.equals(Files.getAttribute(file, "unix:uid"), NativeProcess.user())) {
      others.remove(PosixFilePermission.GROUP_READ);
    }
    return !others.isEmpty();
  }

  /** A folder with mode 0700; one that exists keeps its mode. */
  static void folder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  /** Writes with mode 0600, whole or not at all, and on the disk when this returns. */
  static void write(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path draft =
        Files.createTempFile(
            folder,
            ".draft",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        ByteBuffer octets = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (octets.hasRemaining()) {
          channel.write(octets);
        }
        channel.force(true);
      }
      // A crash before this line leaves a draft that nobody reads; after it, the whole file.
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
        directory.force(true);
      }
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
