package io.chancery.cli.bench;

import io.chancery.cli.bench.grow.GrowBench;
import java.util.stream.Collectors;
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
      IssueBench.class,
      StatusBench.class,
      CrlBench.class,
      BulkBench.class,
      AccessBench.class,
      StartBench.class,
      GrowBench.class,
      AllBench.class,
      CommandLine.HelpCommand.class
    })
public final class Bench implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "bench: what? " + what());
  }

  private String what() {
    return spec.subcommands().keySet().stream()
        .filter(name -> !name.equals("help"))
        .collect(Collectors.joining(", "));
  }
}
