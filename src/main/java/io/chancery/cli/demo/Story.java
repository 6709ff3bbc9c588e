package io.chancery.cli.demo;

import io.chancery.PkiException;
import java.util.function.Supplier;

/** The whole story, step by step. The first step that does not go as told ends it. */
final class Story {
  private final Stage stage;
  private int number;

  Story(Stage stage) {
    this.stage = stage;
  }

  void tell(ServerKind kind) {
    Holder service =
        step(
            "A service makes a key and gets a certificate for it",
            () -> new ServiceEnrolment(stage).play());
    Holder partner =
        step(
            "An operator admits a partner and issues its client certificate",
            () -> new Admission(stage).play());
    WebServer server =
        step(
            "A web server of the service demands client certificates",
            () -> new Reception(stage).open(kind, service));
    act(
        "curl calls it with the partner's certificate, and without",
        () -> new CurlVisits(stage, server).play(partner));
    act(
        "A Node program calls it with the plain https module",
        () -> new NodeVisit(stage, server).play(partner));
    act(
        "The partner's key was stolen: its certificate is revoked",
        () -> new Revocation(stage).play(partner));
    act(
        "The revoked certificate opens no door any more",
        () -> new ClosedDoors(stage, server).play(partner));
    act(
        "The service renews its certificate, with a new key",
        () -> new ServiceRenewal(stage).play(service));
    act("A certificate that is about to end raises an alert", () -> new EarlyWarning(stage).play());
    act(
        "The roll tells what happened to the partner's certificate",
        () -> new RollReading(stage).play(partner));
    stage.transcript().heading("All " + number + " steps went as told.");
  }

  private void act(String title, Runnable deed) {
    step(
        title,
        () -> {
          deed.run();
          return title;
        });
  }

  private <T> T step(String title, Supplier<T> step) {
    String heading = ++number + ". " + title;
    stage.transcript().heading(heading);
    try {
      return step.get();
    } catch (PkiException problem) {
      stage.transcript().failed(problem.failure().detail());
      throw Trouble.in(heading, problem);
    }
  }
}
