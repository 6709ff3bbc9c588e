package io.chancery.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a JVM holds: its heap after a collection, its threads, its open files.
 *
 * @param heap octets
 */
record Footprint(long heap, int threads, int files) {
  private static final Pattern USED = Pattern.compile("\\bused (\\d+)K");

  /** Of this process, which collects its garbage first. */
  static Footprint of(ProcessHandle process) {
    jcmd(process, "GC.run");
    String told = jcmd(process, "GC.heap_info").split("Metaspace", 2)[0];
    // Young and old are told apart by some collectors.
    long kilobytes =
        USED.matcher(told).results().mapToLong(one -> Long.parseLong(one.group(1))).sum();
    long heap = kilobytes * 1024;
    return new Footprint(heap, entries(process, "task"), entries(process, "fd"));
  }

  @Override
  public String toString() {
    return "%d MB heap, %d threads, %d files".formatted(heap / 1_000_000, threads, files);
  }

  private static int entries(ProcessHandle process, String folder) {
    try (Stream<Path> all = Files.list(Path.of("/proc/" + process.pid(), folder))) {
      return (int) all.count();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private static String jcmd(ProcessHandle process, String command) {
    try {
      Process jcmd =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                  String.valueOf(process.pid()),
                  command)
              .redirectErrorStream(true)
              .start();
      String said = new String(jcmd.getInputStream().readAllBytes());
      jcmd.waitFor(30, TimeUnit.SECONDS);
      return said;
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }
}
