package io.chancery.cli.demo;

import java.util.List;

/** The same call from a program of a few lines that knows files and nothing else. */
final class NodeVisit {
  private static final String PROGRAM =
      """
      const fs = require('fs');
      require('https').get(process.argv[2], {
        key: fs.readFileSync('partner.key'),
        cert: fs.readFileSync('partner.pem'),
        ca: fs.readFileSync('trust/root.pem'),
        family: 4,
      }, (response) => {
        console.log(response.statusCode);
        response.resume();
      }).on('error', (problem) => {
        console.log(problem.message);
        process.exitCode = 1;
      });
      """;

  private final Stage stage;
  private final WebServer server;

  NodeVisit(Stage stage, WebServer server) {
    this.stage = stage;
    this.server = server;
  }

  void play(Holder partner) {
    if (stage.tools().node().isEmpty()) {
      stage.transcript().note("skipped: node is not installed");
      return;
    }
    stage.workshop().write("client.js", PROGRAM);
    stage.transcript().note("client.js:");
    PROGRAM.lines().forEach(stage.transcript()::answer);
    Answer answer = stage.shell().run(List.of("node", "client.js", server.url()));
    stage.transcript().answer(answer.text());
    answer.orTrouble("run it with --keep and look at the server's log");
    if (!answer.lastLine().equals("200")) {
      throw Trouble.of(
          "the server answered " + answer.lastLine(), "run it with --keep and look at its log");
    }
    stage.transcript().ok("key, cert and ca from files: let in as " + partner.name());
  }
}
