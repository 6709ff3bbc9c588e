package io.chancery.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chancery.cli.local.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** {@code chancery serve} as in production: one replica, beside others on the same database. */
final class Serving implements AutoCloseable {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final String name;
  private final Path folder;
  private final List<Integer> ports = Victim.freePorts();
  private final List<String> more;
  private Optional<Process> process = Optional.empty();
  private int starts;

  /**
   * @param data where {@code up} has laid everything
   * @param database how the database is reached
   */
  Serving(String name, DataDirectory data, Map<String, String> database, String... more) {
    this.name = name;
    this.more = List.of(more);
    this.folder = data.root().resolveSibling(name);
    write(data, database);
  }

  private void write(DataDirectory data, Map<String, String> database) {
    try {
      Files.createDirectories(folder);
      StringBuilder text =
          new StringBuilder(Files.readString(data.root().resolve("service.properties")));
      database.forEach((key, value) -> line(text, key, value));
      line(text, "quarkus.http.port", ports.get(0).toString());
      line(text, "quarkus.http.ssl-port", ports.get(1).toString());
      line(text, "quarkus.management.port", ports.get(2).toString());
      line(text, "quarkus.log.file.enabled", "false");
      line(text, "chancery.replica.name", name);
      line(
          text,
          "chancery.status.folder",
          Files.createDirectories(folder.resolve("status")).toString());
      Files.writeString(folder.resolve("chancery.properties"), text);
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append(key).append('=').append(value.replace("\\", "\\\\")).append('\n');
  }

  String http() {
    return "http://127.0.0.1:" + ports.get(0);
  }

  String https() {
    return "https://127.0.0.1:" + ports.get(1);
  }

  String management() {
    return "http://127.0.0.1:" + ports.get(2);
  }

  void start() {
    List<String> options = new ArrayList<>(more);
    options.add("-Dquarkus.config.locations=" + folder.resolve("chancery.properties"));
    try {
      process =
          Optional.of(
              new ProcessBuilder(Packaged.command(options, List.of("serve")))
                  .redirectErrorStream(true)
                  .redirectOutput(folder.resolve("serve-" + ++starts + ".log").toFile())
                  .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                  .start());
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  ProcessHandle process() {
    return process.orElseThrow().toHandle();
  }

  void awaitReady() {
    await("ready: " + name)
        .atMost(Victim.PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> isReady() || !process.orElseThrow().isAlive());
    assertThat(process.orElseThrow().isAlive()).as("runs; it said: %s", said()).isTrue();
  }

  /** What a balancer asks. */
  boolean isReady() {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(management() + "/q/health/ready"))
              .timeout(Duration.ofSeconds(2))
              .build();
      return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException down) {
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** SIGTERM, and its exit code. */
  int stop() {
    Process running = process.orElseThrow();
    running.destroy();
    try {
      assertThat(running.waitFor(Victim.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
    return running.exitValue();
  }

  String said() {
    try {
      return Files.readString(folder.resolve("serve-" + starts + ".log"));
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  @Override
  public void close() {
    process.ifPresent(Process::destroyForcibly);
  }
}
