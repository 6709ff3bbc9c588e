package io.chancery.cli.bench;

import io.chancery.Failure;
import io.chancery.cli.local.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** nginx as the measure of what this machine can do: one file of 1.5 kB. */
final class StaticFile implements AutoCloseable {
  private static final int OCTETS = 1500;
  private static final Duration START = Duration.ofSeconds(10);
  private static final String PATHS =
      Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin")
          + ":/usr/sbin:/usr/local/sbin";

  private final Process process;
  private final int port;

  private StaticFile(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Empty where nginx is not installed. */
  static Optional<StaticFile> serve(Path folder) {
    return Stream.of(PATHS.split(":", -1))
        .filter(path -> !path.isEmpty())
        .map(path -> Path.of(path, "nginx"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(program -> serve(program, folder));
  }

  Target target() {
    return new Target(port, java.util.List.of(Target.get(port, "/file")));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static StaticFile serve(Path program, Path folder) {
    int port = Ports.anyFree(new SecureRandom());
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve("file"), new byte[OCTETS]);
      Files.writeString(folder.resolve("nginx.conf"), configuration(port));
      Process process =
          new ProcessBuilder(program.toString(), "-p", folder.toString(), "-c", "nginx.conf")
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("nginx.out").toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
      StaticFile server = new StaticFile(process, port);
      Patience.until("nginx", START, () -> Patience.listens(port), () -> !process.isAlive());
      return server;
    } catch (IOException cannot) {
      throw new Failure.Misconfigured("nginx", "cannot be run: " + cannot, "look at " + folder)
          .because(cannot);
    }
  }

  /** As many workers as processors, files kept open: as it is set up where speed matters. */
  private static String configuration(int port) {
    return """
    daemon off;
    %s
    pid nginx.pid;
    error_log error.log;
    worker_processes auto;
    events { worker_connections 1024; }
    http {
      access_log off;
      sendfile on;
      tcp_nopush on;
      keepalive_requests 1000000000;
      open_file_cache max=10;
      client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
      uwsgi_temp_path uwsgi; scgi_temp_path scgi;
      server {
        listen 127.0.0.1:%d;
        default_type application/octet-stream;
        location / { root .; }
      }
    }
    """
        .formatted(System.getProperty("user.name").equals("root") ? "user root;" : "", port);
  }
}
