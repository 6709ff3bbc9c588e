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

/** What finding out who calls costs, measured on an instance of its own. */
@Command(
    name = "access",
    header = "Measure what part of issuing is finding out who asks.",
    description = {
      "",
      "Starts an instance of its own on this machine and asks for certificates over several kept"
          + " connections, first to warm up, then for the figures. Everything listens on loopback"
          + " only. Takes about a minute.",
      ""
    },
    footer = {"", "What is measured, and what the figures are worth: docs/performance.md."})
public final class AccessBench implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--certificates",
      paramLabel = "N",
      defaultValue = "3000",
      description = "Certificates to ask for after as many for warmth (default: ${DEFAULT-VALUE}).")
  private int certificates;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there as well.")
  private Optional<Path> json;

  @Override
  public Integer call() {
    Progress progress = new Progress(spec.commandLine().getOut(), InstantSource.system());
    Path folder = StatusBench.temporary();
    try {
      Report report = new AccessRun(certificates, folder.toAbsolutePath(), progress).measure();
      spec.commandLine().getOut().print(report.words());
      spec.commandLine().getOut().flush();
      json.ifPresent(file -> StatusBench.write(file, report.json()));
    } finally {
      StatusBench.delete(folder);
    }
    return 0;
  }
}
