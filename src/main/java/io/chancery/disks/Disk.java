package io.chancery.disks;

import io.chancery.Since;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** A folder that is written to, tried with a small file. */
final class Disk {
  private static final String TRIAL = ".chancery-disk-trial";
  private static final byte[] OCTETS = new byte[4096];

  private final String what;
  private final Path folder;
  private final long least;
  private final Since since;

  Disk(String what, Path folder, long least, InstantSource clock) {
    this.what = what;
    this.folder = folder.toAbsolutePath();
    this.least = least;
    this.since = new Since(clock);
  }

  String what() {
    return what;
  }

  Since.State look() {
    try {
      Path trial = folder.resolve(TRIAL + "-" + ProcessHandle.current().pid());
      try {
        Files.write(trial, OCTETS);
      } finally {
        Files.deleteIfExists(trial);
      }
      long free = Files.getFileStore(folder).getUsableSpace() >> 20;
      return free < least
          ? since.trouble(
              "the disk of the " + what + " (" + folder + ") has " + free + " MiB free; make room")
          : since.well();
    } catch (IOException cannot) {
      return since.trouble(
          "the disk of the "
              + what
              + " ("
              + folder
              + ") cannot be written: "
              + cannot.getMessage()
              + "; make room or mend it");
    }
  }

  Since.State last() {
    return since.last();
  }
}
