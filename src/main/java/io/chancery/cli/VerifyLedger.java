package io.chancery.cli;

import io.chancery.Failure;
import io.chancery.audit.Audit;
import io.chancery.audit.report.Progress;
import io.chancery.audit.report.Report;
import io.chancery.audit.rows.Connections;
import io.chancery.cli.local.DataDirectory;
import io.chancery.cli.local.LocalDatabase;
import io.chancery.cli.local.LocalInstance;
import io.chancery.ledger.note.NoteKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The auditor's command; everything it does is in {@link Audit}. */
@Command(
    name = "verify-ledger",
    header = "Recompute the ledger and hold the book against it.",
    exitCodeOnExecutionException = 2,
    description = {
      "",
      "Reads the ledger's copy (every entry, every tile, the signed checkpoint), the ledger in the "
          + "database, and the book: certificates, statuses, reservations, CRL numbers, request "
          + "keys, organizations, roles, tokens. Names every entry that differs by its leaf index. "
          + "Changes nothing; the service may run meanwhile.",
      "",
      "Without --data: --copy alone reads the copy only, --jdbc-url alone the database only.",
      "",
      "Exit code 0 when all agrees, 1 when something was found, 2 when it could not be verified.",
      ""
    })
final class VerifyLedger implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LocalInstance instance;

  @Option(
      names = "--key",
      paramLabel = "VKEY",
      description = "The log's verifier key, name+id+key, from where you trust it.")
  private Optional<String> key;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "File with that key (default: trust/ledger.vkey of --data).")
  private Optional<Path> keyFile;

  @Option(
      names = "--witness",
      paramLabel = "VKEY",
      description = "A witness whose cosignature is looked for; may be given several times.")
  private List<String> witnesses = List.of();

  @Option(
      names = "--quorum",
      paramLabel = "N",
      description = "How many of them must have signed (default: all).")
  private Optional<Integer> quorum;

  @Option(
      names = "--most",
      paramLabel = "N",
      defaultValue = "100",
      description = "How many findings to print (default: ${DEFAULT-VALUE}).")
  private int most;

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    if (!isDatabaseMeant()) {
      return audit(Optional.empty());
    }
    PrintWriter err = spec.commandLine().getErr();
    try (LocalDatabase database = instance.open(err::println)) {
      database.connect().close(); // a wrong password is told before anything else is read
      return audit(Optional.of(database::connect));
    } catch (java.sql.SQLException cannot) {
      throw new Failure.Misconfigured("the database", String.valueOf(cannot.getMessage()), "")
          .because(cannot);
    }
  }

  private int audit(Optional<Connections> database) {
    Audit.Subject subject =
        new Audit.Subject(
            copy(),
            database,
            NoteKey.parse(vkey()),
            witnesses.stream().map(NoteKey::parse).toList(),
            quorum.orElse(witnesses.size()),
            Math.max(1, most));
    Progress progress = new Progress();
    Report report;
    try (AuditTicker _ = AuditTicker.start(progress, spec.commandLine().getErr())) {
      report = new Audit(subject, progress, InstantSource.system()).run();
    }
    PrintWriter out = spec.commandLine().getOut();
    AuditText text = new AuditText(report);
    out.print(json ? text.json() : text.words());
    out.flush();
    return report.isClean() ? 0 : 1;
  }

  /** A copy that was named alone is read alone, whatever data directory is here. */
  private boolean isDatabaseMeant() {
    return instance.isNamedByOptions()
        || (instance.givenCopy().isEmpty() && instance.data().isPresent());
  }

  private Optional<Path> copy() {
    Optional<Path> copy = instance.givenCopy().or(() -> instance.data().map(DataDirectory::ledger));
    if (copy.isEmpty() && !isDatabaseMeant()) {
      throw new Failure.Misconfigured(
              "verify-ledger",
              "nothing was named to verify",
              "give --data, or --copy, or --jdbc-url")
          .thrown();
    }
    return copy;
  }

  private String vkey() {
    return key.map(String::strip)
        .or(() -> keyFile.map(VerifyLedger::read))
        .or(() -> instance.data().map(DataDirectory::ledgerKey).map(VerifyLedger::read))
        .orElseThrow(
            () ->
                new Failure.Misconfigured(
                        "--key",
                        "is needed: without the log's key every checkpoint could be anyone's",
                        "give --key or --key-file with the key as it was handed to you")
                    .thrown());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException cannot) {
      throw new Failure.Misconfigured(
              file.toString(), "cannot be read", "give the log's key with --key or --key-file")
          .because(cannot);
    }
  }
}
