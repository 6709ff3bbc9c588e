package io.chancery.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.cli.local.Addresses;
import io.chancery.cli.local.DataLock;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether an instance is well, what is not and why, and where it is. */
@Command(
    name = "status",
    header = "Show whether an instance is well, what is down and why, and its addresses.",
    description = {
      "",
      "Exit code 0 when all is well; 1 when something is not and status is still answered; 2 when "
          + "status is not answered, or nothing answers at all.",
      ""
    })
final class Status implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Instance instance;

  @Option(
      names = "--management-url",
      paramLabel = "URL",
      description = "Address of its health page (default: that of the data directory).")
  private Optional<URI> managementUrl;

  @Option(names = "--json", description = "As JSON, for programs.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Addresses addresses = instance.addresses();
    URI management = managementUrl.orElseGet(() -> URI.create(addresses.management()));
    Optional<JsonNode> found;
    try (Connection connection = Connection.anonymous(management)) {
      JsonNode whole = connection.look("/q/overview");
      // A status node has only this.
      found = Optional.of(whole.has("state") ? whole : connection.look("/q/health"));
    } catch (PkiException nobody) {
      return silence(out, management, nobody.failure());
    }
    StatusScreen screen = new StatusScreen(found.orElseThrow());
    if (json) {
      out.println(screen.json());
    } else {
      screen.print(out);
      out.println("https       " + instance.url());
      out.println("http        " + addresses.http());
      out.println("management  " + management);
      out.println("data        " + instance.data().root());
    }
    return screen.exitCode();
  }

  private int silence(PrintWriter out, URI management, Failure why) {
    if (json) {
      out.println(StatusScreen.silent(why));
      return StatusScreen.DOWN;
    }
    out.println("Chancery is DOWN: nothing can be asked at " + management + ".");
    out.println("  why         " + why.detail());
    Optional<ProcessHandle> process =
        managementUrl.isPresent() ? Optional.empty() : DataLock.holder(instance.data());
    if (process.isPresent()) {
      out.println(
          "  process     "
              + process.get().pid()
              + " runs and does not answer: it is starting, stopping, or stuck");
      out.println("  remedy      look at its log; ask again in a minute");
    } else {
      out.println("  process     none holds " + instance.data().root());
      out.println("  remedy      start it with chancery up, or give --management-url");
    }
    out.println("  log         " + instance.data().serviceLog());
    return StatusScreen.DOWN;
  }
}
