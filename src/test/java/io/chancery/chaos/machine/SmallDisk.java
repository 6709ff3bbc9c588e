package io.chancery.chaos.machine;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file system in memory, which can be filled to its last octet. Takes root. */
public final class SmallDisk implements AutoCloseable {
  private static final String BALLAST = "ballast";

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Whether this machine lets this user do it. */
  public static boolean canBeMade(Path beside) {
    if (!Programs.isRoot() || !Programs.isThere("mount")) {
      return false;
    }
    Path trial = beside.resolve("disk-trial");
    try {
      Files.createDirectories(trial);
      boolean can = Programs.attempt(mount(trial, 1)).isPresent();
      if (can) {
        Programs.run("umount", trial.toString());
      }
      Files.delete(trial);
      return can;
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  /** Over the folder, which must be there; what is in it is hidden until the disk is closed. */
  public static SmallDisk at(Path folder, int mebibytes) {
    Programs.run(mount(folder, mebibytes));
    return new SmallDisk(folder);
  }

  private static String[] mount(Path folder, int mebibytes) {
    return new String[] {
      "mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "chancery-test", folder.toString()
    };
  }

  public Path folder() {
    return folder;
  }

  /** Nothing can be written any more. */
  public void fill() {
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(folder.resolve(BALLAST))) {
      for (int i = 0; i < 1 << 20; i++) {
        out.write(block);
      }
      throw new IllegalStateException("a disk of more than four gibibytes is not small");
    } catch (IOException full) {
      return;
    }
  }

  /** There is room again. */
  public void makeRoom() {
    try {
      Files.deleteIfExists(folder.resolve(BALLAST));
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  /** Also where something is still open in it. */
  @Override
  public void close() {
    Programs.attempt("umount", "--lazy", folder.toString());
  }
}
