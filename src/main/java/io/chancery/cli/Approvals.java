package io.chancery.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What waits for a second person. */
@Command(
    name = "approvals",
    header = "List what waits for somebody's approval.",
    description = {
      "",
      "Speaks with an operator's certificate, the administrator's by default.",
      ""
    })
final class Approvals implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Instance instance;
  @Mixin private Operator operator;

  @Option(names = "--all", description = "Those that were decided as well.")
  private boolean all;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Connection connection =
        Connection.withCertificate(instance, operator.identity(instance))) {
      JsonNode items = connection.get("/v1/approvals" + (all ? "" : "?state=open")).path("items");
      if (items.isEmpty()) {
        out.println("Nothing waits.");
      }
      for (JsonNode item : items) {
        out.printf(
            "%-36s  %-11s %-18s %-13s %s%n",
            word(item, "id"),
            word(item, "state"),
            word(item, "deed"),
            word(item, "organization"),
            word(item, "subject"));
      }
    }
    return 0;
  }

  private static String word(JsonNode item, String field) {
    return Problem.printable(item.path(field).asText("-"));
  }
}
