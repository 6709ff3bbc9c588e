package io.chancery.cli.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** nginx with a configuration of its own, as this user, in the foreground. */
final class Nginx implements WebServer {
  private static final String FILE = "nginx.conf";

  private final Stage stage;
  private final Path program;
  private final int port;

  Nginx(Stage stage, Path program, int port) {
    this.stage = stage;
    this.program = program;
    this.port = port;
  }

  @Override
  public String name() {
    return "nginx";
  }

  @Override
  public String url() {
    return "https://localhost:" + port + "/";
  }

  @Override
  public void start() {
    stage.workshop().write(FILE, configuration());
    stage.transcript().note("nginx.conf says, among other things:");
    stage
        .workshop()
        .read(FILE)
        .lines()
        .filter(line -> line.contains("ssl_"))
        .forEach(stage.transcript()::answer);
    stage.shell().start(stage.workshop().file("nginx.out"), command());
  }

  @Override
  public void reload() {
    List<String> reload = Stream.concat(command().stream(), Stream.of("-s", "reload")).toList();
    stage.shell().run(reload).orTrouble("run it with --keep and look at error.log in its folder");
  }

  private List<String> command() {
    return List.of(program.toString(), "-p", ".", "-c", FILE);
  }

  private String configuration() {
    return """
    daemon off;
    pid nginx.pid;
    error_log error.log;
    worker_processes 1;
    events { worker_connections 64; }
    http {
      access_log access.log;
      client_body_temp_path body;
    %s
      server {
        listen 127.0.0.1:%d ssl;
        ssl_certificate        service.pem;
        ssl_certificate_key    service.key;
        ssl_verify_client      on;
        ssl_verify_depth       2;
        ssl_client_certificate trust/chain.pem;
        ssl_crl                %s;
        default_type text/plain;
        return 200 "hello $ssl_client_s_dn\\n";
      }
    }
    """
        .formatted(temporaryPaths(), port, RevocationLists.ALL);
  }

  /** An ordinary user may not write where the package would; a module may have been left out. */
  private String temporaryPaths() {
    String built = stage.shell().quietly(List.of(program.toString(), "-V")).text();
    return Stream.of("proxy", "fastcgi", "uwsgi", "scgi")
        .filter(module -> !built.contains("--without-http_" + module + "_module"))
        .map(module -> "  " + module + "_temp_path " + module + ";")
        .collect(Collectors.joining("\n"));
  }
}
