package io.chancery.cli.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What can be measured. */
@Command(
    name = "bench",
    header = "Measure how fast this is on this machine.",
    synopsisSubcommandLabel = "WHAT",
    subcommands = {
      StatusBench.class,
      BulkBench.class,
      AccessBench.class,
      GrowBench.class,
      CommandLine.HelpCommand.class
    })
public final class Bench implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "bench: what? status, bulk, access or grow");
  }
}
