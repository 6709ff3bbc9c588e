package io.chancery.cli.bench;

import io.chancery.cli.local.Progress;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
          + "on loopback only. The start cache (docs/adr/0015) is made first, unless --short.",
      ""
    },
    footer = {"", "What is measured, and what the figures are worth: docs/performance.md."})
public final class StartBench implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private RunOptions options;

  @Option(
      names = "--starts",
      paramLabel = "N",
      defaultValue = "5",
      description = "Starts that count, after one that does not (default: ${DEFAULT-VALUE}).")
  private int starts;

  @Override
  public Integer call() {
    Progress progress = new Progress(spec.commandLine().getOut(), InstantSource.system());
    options.run(
        spec.commandLine().getOut(),
        folder ->
            (options.isBrief()
                    ? new StartRun(1, 1, 50, folder, progress)
                    : new StartRun(Math.max(1, starts), 20, 5_000, folder, progress))
                .measure());
    return 0;
  }
}
