package io.chancery.chaos.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How many files and connections a running process may have open (prlimit). */
public final class OpenFiles {
  private final ProcessHandle process;
  private final String before;

  private OpenFiles(ProcessHandle process) {
    this.process = process;
    this.before =
        Programs.run("prlimit", "--pid", pid(), "--nofile", "--output", "SOFT,HARD", "--noheadings")
            .strip()
            .replaceAll("\\s+", ":");
  }

  /** Whether this machine can do it. */
  public static boolean canBeLimited() {
    return Programs.isThere("prlimit");
  }

  public static OpenFiles of(ProcessHandle process) {
    return new OpenFiles(process);
  }

  public long open() {
    try (Stream<Path> all = Files.list(Path.of("/proc", pid(), "fd"))) {
      return all.count();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  /** No more than what is open now and a few. The hard limit stays, so that it can be lifted. */
  public void leave(int more) {
    String hard = before.substring(before.indexOf(':') + 1);
    Programs.run("prlimit", "--pid", pid(), "--nofile=" + (open() + more) + ":" + hard);
  }

  public void asBefore() {
    Programs.run("prlimit", "--pid", pid(), "--nofile=" + before);
  }

  private String pid() {
    return String.valueOf(process.pid());
  }
}
