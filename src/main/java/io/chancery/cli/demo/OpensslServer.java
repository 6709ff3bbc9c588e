package io.chancery.cli.demo;

import java.util.List;
import java.util.Optional;

/** The little web server inside openssl, where there is no nginx. */
final class OpensslServer implements WebServer {
  private final Stage stage;
  private final int port;
  private Optional<Process> running = Optional.empty();

  OpensslServer(Stage stage, int port) {
    this.stage = stage;
    this.port = port;
  }

  @Override
  public String name() {
    return "openssl s_server";
  }

  @Override
  public String url() {
    return "https://localhost:" + port + "/";
  }

  @Override
  public void start() {
    running = Optional.of(stage.shell().start(stage.workshop().file("s_server.out"), command()));
  }

  /** It reads a CRL at its start only. */
  @Override
  public void reload() {
    running.ifPresent(stage.workshop()::stop);
    start();
  }

  private List<String> command() {
    return List.of(
        "openssl",
        "s_server",
        "-accept",
        "127.0.0.1:" + port,
        "-cert",
        "service.pem",
        "-cert_chain",
        "trust/chain.pem",
        "-key",
        "service.key",
        "-CAfile",
        "trust/chain.pem",
        "-Verify",
        "2",
        "-verify_return_error",
        "-crl_check",
        "-CRL",
        RevocationLists.ISSUING,
        "-www");
  }
}
