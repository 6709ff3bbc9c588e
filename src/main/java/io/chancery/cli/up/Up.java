package io.chancery.cli.up;

import io.chancery.PkiException;
import io.chancery.cli.local.Addresses;
import io.chancery.cli.local.DataDirectory;
import io.chancery.cli.local.DataLock;
import io.chancery.cli.local.DatabaseAccess;
import io.chancery.cli.local.DatabaseOptions;
import io.chancery.cli.local.Postgres;
import io.chancery.cli.local.Progress;
import io.chancery.cli.local.ServiceProperties;
import io.chancery.cli.serve.Boot;
import io.chancery.cli.serve.Shutdown;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** From nothing to a running authority on this machine, and back to nothing running. */
@Command(
    name = "up",
    header = "Start a whole certificate authority on this machine.",
    description = {
      "",
      "Makes what is missing and starts on what is there: a SoftHSM token, the root and issuing "
          + "authority, PostgreSQL, the service with its own certificate. Everything is kept in "
          + "the data directory; give it again to continue on it.",
      "",
      "Ctrl-C or SIGTERM stops all of it, the service first, and ends with 0 when everything "
          + "stopped. What is killed hard (kill -9) is put right by the next start.",
      ""
    },
    footer = {
      "",
      "The data directory then holds trust/root.pem and trust/chain.pem for clients, admin/ with "
          + "the administrator's certificate and key, approver/ and approver-2/ with those of people who approve, enrol.token for services, and log/.",
    })
public final class Up implements Callable<Integer> {
  private static final Path USUAL = Path.of(".chancery");

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description =
          "Where the instance keeps everything (default: .chancery; with --role status "
              + ".chancery-node).")
  private Optional<Path> folder;

  @Mixin private Listeners listeners;
  @Mixin private DatabaseOptions database;

  @Option(
      names = "--allow",
      paramLabel = "DOMAIN",
      split = ",",
      defaultValue = "internal.test,localhost",
      description =
          "Domains that the demo organization may hold names in, besides loopback addresses "
              + "(default: ${DEFAULT-VALUE}).")
  private List<String> allowed;

  @Mixin private NodeOptions node;

  @Override
  public Integer call() {
    Progress progress = new Progress(spec.commandLine().getOut(), InstantSource.system());
    if (node.isStatus()) {
      return node.run(folder, database.given(), listeners, spec.commandLine().getOut());
    }
    DataDirectory data = DataDirectory.open(folder.orElse(USUAL));
    try (Shutdown shutdown = Shutdown.onSignal(progress)) {
      try {
        run(data, shutdown, progress);
      } catch (PkiException interrupted) {
        if (!shutdown.asked()) {
          throw interrupted;
        }
        // Ctrl-C reaches the programs that a step runs as well: no failure to report.
        progress.accept("stopped while starting");
      }
    }
    return 0;
  }

  private void run(DataDirectory data, Shutdown shutdown, Progress progress) {
    DataLock lock = DataLock.take(data, listeners.addresses());
    shutdown.later("lock", lock::close);
    listeners.mustBeFree();
    progress.accept("data directory: " + data.root());

    Map<String, String> properties = new LinkedHashMap<>(listeners.properties());
    properties.putAll(logging(data));
    // Nobody balances a machine of one; whoever does says so.
    properties.put("quarkus.shutdown.delay", System.getProperty("quarkus.shutdown.delay", "0s"));
    if (!shutdown.asked()) {
      properties.putAll(ground(data, shutdown, progress));
    }
    if (!shutdown.asked()) {
      progress.accept("service: starting");
      Boot.run(Announcement.class, properties, banner(data), data.serviceLog());
      progress.accept("service: stopped");
    }
  }

  /** The database starts while the ceremony is held: neither needs the other. */
  private Map<String, String> ground(DataDirectory data, Shutdown shutdown, Progress progress) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put(Announcement.DATA, data.root().toString());
    properties.put(Announcement.ALLOWED, String.join(",", allowed));
    properties.put("chancery.ledger.copy", data.folder(data.ledger()).toString());
    // Leaving the block waits for the database, so that a failed ceremony stops it as well.
    try (ExecutorService beside = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<DatabaseAccess> database = beside.submit(() -> database(data, shutdown, progress));
      Map<String, String> laid = Foundation.lay(data, progress);
      properties.putAll(laid);
      keepForCommands(data, properties);
      // After that: the folder is for one process, and a command is another.
      properties.put("chancery.status.folder", data.folder(data.status()).toString());
      Foundation.loadLibrary(laid);
      properties.putAll(result(database).properties());
    }
    return properties;
  }

  /** Commands on this data directory boot with the same words; its own PostgreSQL they find. */
  private void keepForCommands(DataDirectory data, Map<String, String> properties) {
    Map<String, String> kept = new LinkedHashMap<>(listeners.properties());
    kept.putAll(properties);
    database.given().ifPresent(access -> kept.putAll(access.properties()));
    ServiceProperties.write(data, kept);
  }

  private static DatabaseAccess result(Future<DatabaseAccess> started) {
    try {
      return started.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new IllegalStateException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private DatabaseAccess database(DataDirectory data, Shutdown shutdown, Progress progress) {
    return database
        .given()
        .orElseGet(
            () -> {
              Postgres postgres = Postgres.start(data, progress);
              shutdown.later(
                  "PostgreSQL",
                  () -> {
                    progress.accept("PostgreSQL: stopping");
                    postgres.stop();
                  });
              return postgres.access();
            });
  }

  /** The service's log goes to a file; what needs eyes at once comes to the screen as well. */
  private static Map<String, String> logging(DataDirectory data) {
    return Map.of(
        "quarkus.banner.enabled", "false",
        "quarkus.log.console.level", "WARN",
        // It complains of a gauge that Netty registers twice.
        "quarkus.log.category.\"io.micrometer.core.instrument.MeterRegistry\".level", "ERROR",
        "quarkus.log.file.enabled", "true",
        "quarkus.log.file.path", data.serviceLog().toString());
  }

  private String exampleName() {
    String domain = allowed.getFirst();
    return domain.contains(".") ? "payments." + domain : domain;
  }

  private List<String> banner(DataDirectory data) {
    Addresses at = listeners.addresses();
    return List.of(
        "",
        "Chancery is up.",
        "  https       " + at.https() + "   API, OpenAPI at /q/openapi",
        "  http        " + at.http() + "    CRL, OCSP, issuer certificates",
        "  management  " + at.management() + "    health, metrics",
        "  data        " + data.root(),
        "  trust       " + data.rootCertificate(),
        "  admin       " + data.admin().resolve("cert.pem") + ", key.pem",
        "  approvers   " + data.approver().resolve("cert.pem") + ", key.pem, and in approver-2",
        "  token       " + data.enrolToken(),
        "  log         " + data.serviceLog(),
        "",
        "Ask for a certificate (a service's key stays in service.key):",
        "  openssl req -new -newkey rsa:2048 -nodes -keyout service.key -subj /CN="
            + exampleName()
            + " \\",
        "    | curl --cacert " + data.rootCertificate() + " \\",
        "        -H \"Authorization: Bearer $(cat " + data.enrolToken() + ")\" \\",
        "        -H 'Content-Type: application/pkcs10' --data-binary @- \\",
        "        '" + at.https() + "/v1/certificates?profile=tls-server'",
        "Then: ./chancery demo, ./chancery help",
        "Ctrl-C stops everything.");
  }
}
