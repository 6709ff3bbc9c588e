package io.chancery.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What needs someone's eyes. */
@Command(
    name = "alerts",
    header = "List what needs attention: what expires, what is broken.",
    description = {
      "",
      "Speaks with an operator's certificate, the administrator's by default.",
      ""
    })
final class Alerts implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Instance instance;
  @Mixin private Operator operator;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Connection connection =
        Connection.withCertificate(instance, operator.identity(instance))) {
      JsonNode items = connection.get("/v1/alerts").path("items");
      if (items.isEmpty()) {
        out.println("No alerts.");
      }
      for (JsonNode item : items) {
        out.printf(
            "%-9s %-13s %s%n",
            word(item, "severity"), word(item, "organization"), word(item, "text"));
      }
    }
    return 0;
  }

  private static String word(JsonNode item, String field) {
    return Problem.printable(item.path(field).asText("-"));
  }
}
