package io.chancery.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The way back from {@code halt}. */
@Command(
    name = "resume",
    header = "Propose that signing goes on after a halt.",
    description = {
      "",
      "Two other persons must approve it, with chancery approve ID; the second one's signature lets "
          + "signing go on.",
      ""
    })
final class Resume implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Instance instance;
  @Mixin private Operator operator;

  @Option(names = "--comment", paramLabel = "TEXT", defaultValue = "", description = "Why now.")
  private String comment;

  @Override
  public Integer call() {
    JsonNode proposal;
    try (Connection connection =
        Connection.withCertificate(instance, operator.identity(instance))) {
      proposal = connection.post("/v1/signing/resumption", Map.of("comment", comment));
    }
    PrintWriter out = spec.commandLine().getOut();
    String id = Problem.printable(proposal.path("id").asText());
    out.println("proposed     " + id);
    out.println(
        "takes        " + proposal.path("need").asInt() + " other persons: chancery approve " + id);
    out.println("until        " + Problem.printable(proposal.path("expires").asText()));
    return 0;
  }
}
