package io.chancery.cli.bench;

import io.chancery.cli.local.Progress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A bulk revocation, measured on an instance of its own. */
@Command(
    name = "bulk",
    header = "Measure how long many revocations take until everybody can see them.",
    description = {
      "",
      "Starts an instance of its own on this machine, writes certificates into its database, previews,"
          + " drills, lists and approves their revocation as two people would, and asks OCSP for every"
          + " one of them and fetches the CRLs until all are shown. Everything listens on loopback"
          + " only. Takes about a minute.",
      ""
    },
    footer = {"", "What is measured, and what the figures are worth: docs/performance.md."})
public final class BulkBench implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--certificates",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Certificates to revoke, at most 10000 (default: ${DEFAULT-VALUE}).")
  private int certificates;

  @Option(names = "--short", description = "A few certificates: whether it runs, not how fast.")
  private boolean brief;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there as well.")
  private Optional<Path> json;

  @Override
  public Integer call() {
    Progress progress = new Progress(spec.commandLine().getOut(), InstantSource.system());
    Path folder = StatusBench.temporary();
    try {
      Report report =
          new BulkRun(brief ? 200 : certificates, folder.toAbsolutePath(), progress).measure();
      spec.commandLine().getOut().print(report.words());
      spec.commandLine().getOut().flush();
      json.ifPresent(file -> StatusBench.write(file, report.json()));
    } finally {
      StatusBench.delete(folder);
    }
    return 0;
  }
}
