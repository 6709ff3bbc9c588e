package io.chancery.cli.demo;

/** With the partner's certificate the door opens; without one it does not. */
final class CurlVisits {
  private final Stage stage;
  private final WebServer server;

  CurlVisits(Stage stage, WebServer server) {
    this.stage = stage;
    this.server = server;
  }

  void play(Holder partner) {
    Visit with = visit(As.holder(partner));
    if (!with.welcome()) {
      throw Trouble.of(
          "the partner was refused: " + with.text(),
          "run it with --keep and look at the server's log");
    }
    stage.transcript().ok("with the partner's certificate: let in");

    Visit without = visit(As.NOBODY);
    if (without.welcome()) {
      throw Trouble.of("a caller without a certificate was let in", "look at its configuration");
    }
    stage.transcript().ok("without a certificate: refused");
  }

  private Visit visit(As who) {
    Visit visit = Visit.of(stage.shell().run(Visit.command(server, who)), stage.workshop());
    stage.transcript().answer(visit.text());
    return visit;
  }
}
