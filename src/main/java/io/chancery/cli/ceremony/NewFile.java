package io.chancery.cli.ceremony;

import io.chancery.Failure;
import io.chancery.PkiException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that appear whole or not at all, and are on the disk when the method returns. */
final class NewFile {
  private NewFile() {}

  /** A file that everyone may read. */
  static void open(Path file, String text) {
    write(file, text, "rw-r--r--");
  }

  /** A file that only its owner may read. */
  static void secret(Path file, String text) {
    write(file, text, "rw-------");
  }

  static void folder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException cannot) {
      throw unusable(folder, cannot);
    }
  }

  static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new Failure.Misconfigured(
              file.toString(), "cannot be read", "check that it exists and who may read it")
          .because(unreadable);
    }
  }

  private static void write(Path file, String text, String mode) {
    Path folder = file.toAbsolutePath().resolveSibling("");
    try {
      Path draft = Files.createTempFile(folder, ".draft", "");
      try {
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
          // Until here it is its owner's alone, as every temporary file; nothing stands in it yet.
          Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString(mode));
          ByteBuffer octets = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
          while (octets.hasRemaining()) {
            channel.write(octets);
          }
          channel.force(true);
        }
        // A crash before this line leaves a draft that nobody reads; after it, the whole file.
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(draft);
      }
      try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
        directory.force(true);
      }
    } catch (IOException cannot) {
      throw unusable(file, cannot);
    }
  }

  private static PkiException unusable(Path file, IOException cause) {
    return new Failure.Misconfigured(
            file.toString(),
            "cannot be written (" + cause.getClass().getSimpleName() + ")",
            "look at its folder's space and permissions, or give another with --out")
        .because(cause);
  }
}
