package io.chancery.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** An approver says no. */
@Command(
    name = "reject",
    header = "Say that a proposal shall not be carried out.",
    description = {
      "",
      "Nobody can approve it any more. Speaks with an approver's certificate.",
      ""
    })
final class Reject implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Instance instance;
  @Mixin private Operator operator;

  @Parameters(paramLabel = "ID", description = "The proposal.")
  private String id;

  @Option(names = "--comment", paramLabel = "TEXT", defaultValue = "", description = "Why.")
  private String comment;

  @Override
  public Integer call() {
    try (Connection connection =
        Connection.withCertificate(instance, operator.identity(instance))) {
      connection.post(
          "/v1/approvals/" + PathPart.of(id) + "/rejections", Map.of("comment", comment));
    }
    spec.commandLine().getOut().println("rejected " + PathPart.of(id));
    return 0;
  }
}
