package io.chancery.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs real programs in the workshop, each bounded in time, and shows their command lines. */
final class Shell {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** A proxy would stand between the tools and this machine's own addresses. */
  private static final Set<String> PROXIES =
      Set.of("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY");

  private final Workshop workshop;
  private final Transcript transcript;
  private final Duration limit;

  Shell(Workshop workshop, Transcript transcript) {
    this(workshop, transcript, LIMIT);
  }

  Shell(Workshop workshop, Transcript transcript, Duration limit) {
    this.workshop = workshop;
    this.transcript = transcript;
    this.limit = limit;
  }

  /** Shows the command and runs it. */
  Answer run(String... command) {
    return run(List.of(command));
  }

  Answer run(List<String> command) {
    transcript.command(command);
    return quietly(command);
  }

  /** Shows a line that needs the shell itself, and runs it. */
  Answer script(String line) {
    transcript.script(line);
    return quietly(List.of("sh", "-c", line));
  }

  /** Runs without a word, for what is asked again and again. */
  Answer quietly(List<String> command) {
    Process process = started(builder(command));
    closeInput(process);
    CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process));
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw Trouble.of(
            command.getFirst() + " was not done after " + limit.toSeconds() + " s",
            "see what keeps this machine busy, and run the demo again");
      }
      return new Answer(process.exitValue(), output.join());
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw Trouble.of("interrupted", "run the demo again");
    }
  }

  /**
   * Shows the command and leaves it running, its output in {@code log}, until the workshop closes.
   */
  Process start(Path log, List<String> command) {
    transcript.background(command);
    Process process = started(builder(command).redirectOutput(log.toFile()));
    closeInput(process);
    workshop.stopLater(process);
    transcript.answer("[1] " + process.pid());
    return process;
  }

  private ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(workshop.folder().toFile());
    builder.redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeAll(PROXIES);
    environment.put("LC_ALL", "C");
    // Nobody's .curlrc takes part in the story.
    environment.put("HOME", workshop.folder().toString());
    environment.remove("XDG_CONFIG_HOME");
    environment.remove("CURL_HOME");
    return builder;
  }

  private static Process started(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException cannot) {
      throw Trouble.of(
          builder.command().getFirst() + " cannot be run: " + cannot.getMessage(),
          "install it, or look at its permissions");
    }
  }

  private static void closeInput(Process process) {
    try {
      process.getOutputStream().close();
    } catch (IOException endedAlready) {
      return;
    }
  }

  private static String read(Process process) {
    try {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
