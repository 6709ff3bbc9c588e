package io.chancery.cli.up;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Two processes, one after the other, at the lowest priority: {@code chancery rehearse} records
 * what a start and the first certificates need, and a JVM that runs nothing writes the cache from
 * that. {@link #close} ends whichever runs.
 */
final class Training implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Training.class);
  private static final Duration REHEARSAL = Duration.ofMinutes(10);
  private static final Duration WRITING = Duration.ofMinutes(10);
  private static final Duration STOPPING = Duration.ofSeconds(10);

  /**
   * What decides how the cache looks and what is compiled; a debugger's port or a recording's file
   * do not belong.
   */
  private static final Predicate<String> SHAPING =
      Pattern.compile(
              "-Xm[sx].*|-XX:[+-]Use(\\w*GC|Compact\\w+|Compressed\\w+)|--enable-native-access=.*"
                  + "|-XX:CompileCommandFile=.*|--sun-misc-unsafe-memory-access=.*")
          .asMatchPredicate();

  private final List<String> options;
  private Optional<Process> running = Optional.empty();
  private boolean closed;

  private Training(List<String> options) {
    this.options = options;
  }

  /** With the options of this JVM. */
  static Training likeThisJvm(List<String> inputArguments) {
    return new Training(inputArguments.stream().filter(SHAPING).toList());
  }

  /** Whether the cache is written. */
  boolean writes(Path cache) throws IOException {
    Path recording = Files.createTempFile("chancery-start", ".recording");
    Path folder = Files.createTempDirectory("chancery-rehearsal");
    try {
      return runs(
              REHEARSAL,
              List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + recording),
              List.of("rehearse", "--data", folder.resolve("data").toString()))
          && runs(
              WRITING,
              List.of(
                  "-XX:AOTMode=create",
                  "-XX:AOTConfiguration=" + recording,
                  "-XX:AOTCache=" + cache),
              List.of())
          && Files.size(cache) > 0;
    } finally {
      Files.deleteIfExists(recording);
      io.chancery.cli.local.DataDirectory.delete(folder);
    }
  }

  /**
   * A stop takes the rehearsal's database down in order, and waits for that as long as it takes.
   */
  @Override
  public void close() {
    Optional<Process> ending;
    synchronized (this) {
      closed = true;
      ending = running;
    }
    ending.ifPresent(Training::end);
  }

  private boolean runs(Duration limit, List<String> cache, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(options);
    command.addFirst(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(cache);
    command.add("-Xlog:aot*=off");
    command.addAll(List.of("-jar", System.getProperty("java.class.path", "")));
    command.addAll(arguments);
    Optional<Process> started = start(command);
    if (started.isEmpty()) {
      return false;
    }
    try {
      if (!started.get().waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        LOG.debugf("no start cache: not done after %s", limit);
        end(started.get());
        return false;
      }
      return started.get().exitValue() == 0;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private synchronized Optional<Process> start(List<String> command) throws IOException {
    if (closed) {
      return Optional.empty();
    }
    Process process;
    try {
      List<String> nice = new ArrayList<>(List.of("nice", "-n", "19"));
      nice.addAll(command);
      process = launch(nice);
    } catch (IOException noNice) {
      process = launch(command);
    }
    running = Optional.of(process);
    return running;
  }

  private static Process launch(List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .directory(new File("/"))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectInput(new File("/dev/null"))
        .start();
  }

  private static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(STOPPING.toSeconds(), TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor(STOPPING.toSeconds(), TimeUnit.SECONDS);
      }
    } catch (InterruptedException hurried) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
