package io.chancery.cli;

import io.chancery.backup.Restoration;
import io.chancery.cli.local.LocalDatabase;
import io.chancery.cli.local.LocalInstance;
import io.chancery.cli.local.Progress;
import io.chancery.issuance.AuthorityFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A backup comes back. */
@Command(
    name = "restore",
    header = "Bring the database back from a backup.",
    description = {
      "",
      "The service must be stopped. The whole file is decrypted and checked first; then the "
          + "database is filled in one transaction, so that a failure leaves it as it was. The "
          + "ledger's copy outside the database is not touched: the next start replays from it "
          + "what the backup lacks.",
      ""
    },
    footer = {
      "",
      "Example: chancery restore today.cms --passphrase-file secret.txt --replace",
      "More in docs/backup.md."
    })
final class RestoreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LocalInstance instance;
  @Mixin private BackupKeys keys;

  @Parameters(paramLabel = "FILE", description = "The backup.")
  private Path file;

  @Option(
      names = "--replace",
      description = "Drop what the database holds; without this only an empty one is filled.")
  private boolean replace;

  @Override
  public Integer call() {
    InstantSource clock = InstantSource.system();
    Instant start = clock.instant();
    PrintWriter out = spec.commandLine().getOut();
    Progress progress = new Progress(out, clock);
    instance.mustNotRun();
    Restoration restoration = Restoration.of(file, keys.unlocking(), clock, progress);
    restoration.mustBeOf(issuers());
    try (LocalDatabase database = instance.openStopped(progress);
        Connection connection = database.connect()) {
      restoration.into(
          connection, replace ? Restoration.Existing.REPLACE : Restoration.Existing.REFUSE);
    } catch (SQLException closing) {
      throw new IllegalStateException(closing);
    }
    SummaryLines.of(restoration.summary(), start, clock.instant()).forEach(out::println);
    out.println("Restored. Start the service: it replays from the ledger's copy what is newer.");
    return 0;
  }

  /** The certificates that the authority here issues with; nothing where there is none to ask. */
  private Map<String, String> issuers() {
    return instance
        .findAuthority()
        .map(
            yaml ->
                AuthorityFile.load(yaml).issuers().stream()
                    .collect(
                        Collectors.toMap(
                            issuer -> issuer.name().value(),
                            issuer -> issuer.certificate().thumbprint().hex())))
        .orElse(Map.of());
  }
}
