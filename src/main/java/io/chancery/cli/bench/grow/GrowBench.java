package io.chancery.cli.bench.grow;

import io.chancery.cli.bench.RunOptions;
import io.chancery.cli.local.Progress;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a large book costs: issuing beside an empty one, and searching in it. */
@Command(
    name = "grow",
    header = "Measure issuing and searching with ten million certificates.",
    description = {
      "",
      "Starts two instances of its own on this machine, writes the certificates into the database of "
          + "one of them, lets both issue in turn, searches, prints a table, and stops all of it. "
          + "Everything listens on loopback only. With ten million it takes about an hour and "
          + "25 GB of disk, 40 GB while it writes them; the machine should do nothing else.",
      ""
    },
    footer = {"", "What is measured, and what the figures are worth: docs/performance.md."})
public final class GrowBench implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private RunOptions options;

  @Option(
      names = "--certificates",
      paramLabel = "N",
      defaultValue = "10000000",
      description = "Certificates in the larger book (default: ${DEFAULT-VALUE}).")
  private long certificates;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Progress progress = new Progress(out, InstantSource.system());
    GrowRun.Plan plan = options.isBrief() ? GrowRun.Plan.brief() : GrowRun.Plan.full(certificates);
    options.run(out, folder -> new GrowRun(plan, folder, progress).measure());
    return 0;
  }
}
