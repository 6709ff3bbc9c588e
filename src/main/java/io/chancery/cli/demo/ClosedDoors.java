package io.chancery.cli.demo;

import java.time.Duration;
import java.util.Optional;

/** The web server with the new CRL and the API both refuse what was revoked. */
final class ClosedDoors {
  private final Stage stage;
  private final WebServer server;

  ClosedDoors(Stage stage, WebServer server) {
    this.stage = stage;
    this.server = server;
  }

  void play(Holder partner) {
    server.reload();
    // The reloaded server needs a moment, in which the old one may still answer.
    new Patience(stage.transcript())
        .until(
            server.name() + " has read the new CRL",
            Duration.ofSeconds(30),
            () -> refusedByServer(partner));
    Visit visit =
        Visit.of(stage.shell().run(Visit.command(server, As.holder(partner))), stage.workshop());
    stage.transcript().answer(visit.text());
    stage.transcript().ok("the web server refuses the partner");

    Reply api = stage.api().get(As.holder(partner), "/v1/certificates/" + partner.serial());
    stage.transcript().answer(api.status() + " " + api.detail());
    api.mustBe(401);
    stage.transcript().ok("the API refuses it on its next call");
  }

  private Optional<Visit> refusedByServer(Holder partner) {
    Visit visit =
        Visit.of(
            stage.shell().quietly(Visit.command(server, As.holder(partner))), stage.workshop());
    return Optional.of(visit).filter(one -> refused(one));
  }

  /** Nobody there is no refusal. */
  private static boolean refused(Visit visit) {
    int nobodyThere = 7;
    return !visit.welcome() && visit.exit() != nobodyThere;
  }
}
