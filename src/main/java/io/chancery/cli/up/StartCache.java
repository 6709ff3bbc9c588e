package io.chancery.cli.up;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The JVM's start cache beside the build (docs/adr/0015): classes as they are after loading and
 * linking, and profiles of what a start runs. It is made in the background after a start that had
 * none, and by another process that touches nothing of this instance. Whatever goes wrong with it
 * costs the next start some time and nothing else.
 *
 * <p>The script {@code chancery} names the file after the JDK and the build. The JVM refuses a
 * cache that another JDK or a JVM with other options made, but it takes that of another build.
 */
final class StartCache {
  private static final Logger LOG = Logger.getLogger(StartCache.class);
  private static final String OPTIONS_OF_THE_OPERATOR = "CHANCERY_JAVA_OPTS";

  private final Path file;

  StartCache(Path file) {
    this.file = file.toAbsolutePath();
  }

  /** Whether there is none, or one that the JVM refused although it was made for such a start. */
  boolean isWanted() {
    if (!Files.isWritable(folder())) {
      return false; // it stands beside the build and is trusted as the build is
    }
    return !Files.exists(file) || (isRefused() && System.getenv(OPTIONS_OF_THE_OPERATOR) == null);
  }

  /** A JVM that cannot use the cache it was given shares nothing. */
  private boolean isRefused() {
    List<String> given = ManagementFactory.getRuntimeMXBean().getInputArguments();
    return given.contains("-XX:AOTCache=" + file)
        && !System.getProperty("java.vm.info", "").contains("sharing");
  }

  /** Makes it, unless another instance is making it; {@code training} does the work. */
  void make(Training training) {
    Path lock = folder().resolve("start-cache.lock");
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.tryLock()) {
      if (held != null) {
        deleteOthers("start-*.new"); // a killed instance left it
        Path fresh = folder().resolve("start-" + ProcessHandle.current().pid() + ".new");
        if (training.writes(fresh)) {
          install(fresh);
        }
        Files.deleteIfExists(fresh);
      }
    } catch (IOException cannot) {
      LOG.debugf("no start cache: %s", cannot);
    }
  }

  /** Whole or not at all, and only its owner may change it. */
  private void install(Path fresh) throws IOException {
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
    try (FileChannel written = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    deleteOthers("start-*.aot");
    LOG.infof("start cache: made %s", file);
  }

  /** Caches of earlier builds, which nobody asks for again. A JVM that uses one keeps it. */
  private void deleteOthers(String pattern) throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder(), pattern)) {
      for (Path one : all) {
        if (!one.equals(file)) {
          Files.deleteIfExists(one);
        }
      }
    }
  }

  private Path folder() {
    return java.util.Objects.requireNonNull(file.getParent(), "an absolute file has a folder");
  }
}
