package io.chancery.cli.up;

import io.chancery.cli.local.DataDirectory;
import io.chancery.cli.local.DatabaseAccess;
import io.chancery.cli.local.Ports;
import io.chancery.cli.local.Progress;
import io.chancery.cli.node.StatusNode;
import io.chancery.cli.serve.Shutdown;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code up --role status}: the same listeners for public status and monitoring, and no more. */
final class NodeOptions {
  private static final Path USUAL = Path.of(".chancery-node");
  private static final Path BESIDE = Path.of(".chancery");

  /** What an instance does. */
  enum Role {
    ALL,
    STATUS
  }

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      defaultValue = "ALL",
      description =
          "all, or status: answer OCSP and CRLs from what others have signed, with no token, and "
              + "with no database while it is away. What it has seen is kept in --data (default: "
              + "${DEFAULT-VALUE}).")
  private Role role;

  @Option(
      names = "--from",
      paramLabel = "FOLDER",
      description =
          "With --role status: where it comes from, if not from --jdbc-url: the data directory of "
              + "a chancery up on this machine, or what chancery export-status has written.")
  private Optional<Path> from;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "With --role status: the address to listen on (default: ${DEFAULT-VALUE}).")
  private String host;

  boolean isStatus() {
    return role == Role.STATUS;
  }

  int run(
      Optional<Path> folder,
      Optional<DatabaseAccess> database,
      Listeners listeners,
      PrintWriter out) {
    Progress progress = new Progress(out, InstantSource.system());
    Map<String, Integer> ports = new LinkedHashMap<>();
    ports.put("--http-port", listeners.http());
    ports.put("--management-port", listeners.management());
    Ports.mustBeFree(ports);
    Path own = folder.orElse(USUAL);
    try (Shutdown shutdown = Shutdown.onSignal(progress)) {
      StatusNode node =
          StatusNode.start(
              own,
              database,
              source(database),
              new StatusNode.Listeners(host, listeners.http(), listeners.management()),
              progress);
      shutdown.later("status node", node::close);
      banner(own, listeners).forEach(out::println);
      shutdown.awaitSignal();
      progress.accept("status node: stopping");
    }
    return 0;
  }

  /** Beside an instance in its usual folder, that one is meant where nothing else is said. */
  private Optional<Path> source(Optional<DatabaseAccess> database) {
    return from.or(
        () ->
            Optional.of(BESIDE)
                .filter(usual -> database.isEmpty() && new DataDirectory(usual).isThere()));
  }

  private List<String> banner(Path folder, Listeners listeners) {
    String http = "http://" + host + ":" + listeners.http();
    return List.of(
        "",
        "Chancery's status node is up.",
        "  http        " + http + "    CRL, OCSP, issuer certificates",
        "  management  http://" + host + ":" + listeners.management() + "    health, metrics",
        "  data        " + folder.toAbsolutePath().normalize(),
        "",
        "Look at it:",
        "  curl -s " + http + "/trust/bundle.pem",
        "Ctrl-C stops it.");
  }
}
