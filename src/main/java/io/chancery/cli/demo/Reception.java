package io.chancery.cli.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Opens the web server that demands client certificates. */
final class Reception {
  private final Stage stage;

  Reception(Stage stage) {
    this.stage = stage;
  }

  WebServer open(ServerKind kind, Holder service) {
    new RevocationLists(stage).fetch();
    WebServer server = chosen(kind);
    server.start();
    new Patience(stage.transcript())
        .until(server.name() + " listens", Duration.ofSeconds(30), () -> listening(server));
    stage.transcript().ok(server.name() + " stands for " + service.name() + " on " + server.url());
    return server;
  }

  private static Optional<WebServer> listening(WebServer server) {
    URI loopback = URI.create(server.url().replace("localhost", "127.0.0.1"));
    return Reachable.answers(loopback) ? Optional.of(server) : Optional.empty();
  }

  private WebServer chosen(ServerKind kind) {
    return switch (kind) {
      case NGINX ->
          nginx()
              .orElseThrow(
                  () -> Trouble.of("nginx is not installed", "install it, or leave --server out"));
      case OPENSSL -> openssl();
      case ANY ->
          nginx()
              .orElseGet(
                  () -> {
                    stage.transcript().note("nginx is not installed: openssl s_server does it.");
                    return openssl();
                  });
    };
  }

  private Optional<WebServer> nginx() {
    Optional<Path> program = stage.tools().nginx();
    return program.map(file -> new Nginx(stage, file, freePort()));
  }

  private WebServer openssl() {
    return new OpensslServer(stage, freePort());
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw Trouble.of("no loopback port is free: " + none.getMessage(), "stop what uses them");
    }
  }
}
