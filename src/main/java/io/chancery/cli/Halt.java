package io.chancery.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The kill switch. */
@Command(
    name = "halt",
    header = "Halt the signing of certificates, at once, on every replica.",
    description = {
      "",
      "CRLs and OCSP answers are signed on. To go on takes chancery resume, and two persons' "
          + "approval beside whoever proposes that.",
      ""
    })
final class Halt implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Instance instance;
  @Mixin private Operator operator;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why; callers who are refused meanwhile are told.")
  private String reason;

  @Override
  public Integer call() {
    JsonNode answer;
    try (Connection connection =
        Connection.withCertificate(instance, operator.identity(instance))) {
      answer = connection.post("/v1/signing/halt", Map.of("reason", reason));
    }
    spec.commandLine()
        .getOut()
        .println(
            Problem.printable(
                "signing is halted since "
                    + answer.path("since").asText()
                    + ": "
                    + answer.path("reason").asText()));
    return 0;
  }
}
