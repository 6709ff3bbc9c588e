package io.chancery.chaos.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The processes of a server, from outside. */
final class Processes {
  private static final int A_WHILE = 10;

  private Processes() {}

  /** Every one below the postmaster. */
  static List<ProcessHandle> children(Server server) {
    return server.postmaster().stream()
        .boxed()
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .flatMap(ProcessHandle::children)
        .toList();
  }

  /** Those that serve a connection of the service. */
  static List<ProcessHandle> ofService(Server server) {
    String sign = ": " + server.serviceRole() + " ";
    return children(server).stream().filter(one -> title(one.pid()).contains(sign)).toList();
  }

  /** Sends a signal by its name. */
  static void signal(String name, long pid) {
    try {
      Process kill =
          new ProcessBuilder("kill", "-" + name, Long.toString(pid))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!kill.waitFor(A_WHILE, TimeUnit.SECONDS)) {
        kill.destroyForcibly();
      }
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Until it is gone, for a while. */
  static void awaitEnd(long pid) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(A_WHILE);
    while (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()
        && !isZombie(pid)
        && System.nanoTime() < deadline) {
      java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  private static boolean isZombie(long pid) {
    try {
      // proc(5): the state follows the name in parentheses.
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
    } catch (IOException gone) {
      return true;
    }
  }

  /** What the process calls itself: "postgres: role database address state". */
  private static String title(long pid) {
    try {
      byte[] words = Files.readAllBytes(Path.of("/proc/" + pid + "/cmdline"));
      return new String(words, StandardCharsets.ISO_8859_1).replace('\0', ' ');
    } catch (IOException gone) {
      return "";
    }
  }
}
