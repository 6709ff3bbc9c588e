package io.chancery.cli.bench;

import io.chancery.cli.local.Progress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The part of {@code bench status} that complete CRLs are. */
@Command(
    name = "crl",
    header = "Measure making a complete CRL of a million certificates.",
    description = {
      "",
      "Starts an instance of its own on this machine, writes revoked certificates into its"
          + " database, measures what a complete CRL costs, and stops all of it. Everything"
          + " listens on loopback only. Takes some minutes and 2 GB of disk with a million.",
      ""
    },
    footer = {"", "What is measured, and what the figures are worth: docs/performance.md."})
public final class CrlBench implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private RunOptions options;

  @Option(
      names = "--revoked",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Revoked certificates (default: ${DEFAULT-VALUE}).")
  private long revoked;

  @Override
  public Integer call() {
    Progress progress = new Progress(spec.commandLine().getOut(), InstantSource.system());
    Plan plan = options.isBrief() ? Plan.brief() : Plan.full(1, revoked, Duration.ofSeconds(5));
    options.run(
        spec.commandLine().getOut(), folder -> new StatusRun(plan, folder, progress).crls());
    return 0;
  }
}
