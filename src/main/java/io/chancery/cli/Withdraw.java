package io.chancery.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The proposer takes it back. */
@Command(
    name = "withdraw",
    header = "Take back what you have proposed.",
    description = {"", "Speaks with the certificate of whoever proposed it.", ""})
final class Withdraw implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Instance instance;
  @Mixin private Operator operator;

  @Parameters(paramLabel = "ID", description = "The proposal.")
  private String id;

  @Override
  public Integer call() {
    try (Connection connection =
        Connection.withCertificate(instance, operator.identity(instance))) {
      connection.delete("/v1/approvals/" + PathPart.of(id));
    }
    spec.commandLine().getOut().println("withdrawn " + PathPart.of(id));
    return 0;
  }
}
