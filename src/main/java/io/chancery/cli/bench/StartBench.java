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

/** How long a start takes, and how much memory the service holds. */
@Command(
    name = "start",
    header = "Measure a start until the first certificate, and memory.",
    description = {
      "",
      "Makes an instance of its own with ./chancery up, stops it, and starts it again and again: "
          + "from the start of the script until the first certificate is answered over https; then "
          + "the memory that the JVM holds when nothing happens, and under load. Everything listens "
          + "on loopback only. The start cache (docs/adr/0015) is used where there is one.",
      ""
    },
    footer = {"", "What is measured, and what the figures are worth: docs/performance.md."})
public final class StartBench implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--starts",
      paramLabel = "N",
      defaultValue = "5",
      description = "Starts that count, after one that does not (default: ${DEFAULT-VALUE}).")
  private int starts;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there as well.")
  private Optional<Path> json;

  @Option(
      names = "--short",
      description = "One start and little load: whether it runs, not how fast.")
  private boolean brief;

  @Override
  public Integer call() {
    Progress progress = new Progress(spec.commandLine().getOut(), InstantSource.system());
    Path folder = StatusBench.temporary();
    try {
      StartRun run =
          brief
              ? new StartRun(1, 1, 50, folder.toAbsolutePath(), progress)
              : new StartRun(Math.max(1, starts), 20, 5_000, folder.toAbsolutePath(), progress);
      Report report = run.measure();
      spec.commandLine().getOut().print(report.words());
      spec.commandLine().getOut().flush();
      json.ifPresent(file -> StatusBench.write(file, report.json()));
    } finally {
      StatusBench.delete(folder);
    }
    return 0;
  }
}
