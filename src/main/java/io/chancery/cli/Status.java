package io.chancery.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.chancery.cli.local.Addresses;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether an instance is well, and where it is. */
@Command(
    name = "status",
    header = "Show whether an instance is well, and its addresses.",
    description = {"", "Exit code 0 when it is up, 1 when it is not.", ""})
final class Status implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Instance instance;

  @Option(
      names = "--management-url",
      paramLabel = "URL",
      description = "Address of its health page (default: that of the data directory).")
  private Optional<URI> managementUrl;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Addresses addresses = instance.addresses();
    URI management = managementUrl.orElseGet(() -> URI.create(addresses.management()));
    try (Connection connection = Connection.anonymous(management)) {
      JsonNode health = connection.look("/q/health");
      String state = word(health, "status");
      out.println("health      " + state);
      for (JsonNode check : health.path("checks")) {
        out.printf("  %-28s %-5s %s%n", word(check, "name"), word(check, "status"), reason(check));
      }
      out.println("https       " + instance.url());
      out.println("http        " + addresses.http());
      out.println("management  " + management);
      out.println("data        " + instance.data().root());
      return state.equals("UP") ? 0 : 1;
    }
  }

  private static String reason(JsonNode check) {
    return check.has("data") ? Problem.printable(check.path("data").toString()) : "";
  }

  private static String word(JsonNode node, String field) {
    return Problem.printable(node.path(field).asText("unknown"));
  }
}
