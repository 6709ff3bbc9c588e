package io.chancery.cli.demo;

import io.chancery.Failure;
import io.chancery.cli.local.Addresses;
import io.chancery.cli.local.DataDirectory;
import io.chancery.cli.local.DataLock;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows on a running instance that it does what it is for. */
@Command(
    name = "demo",
    header = "Show the whole story with openssl, curl and nginx.",
    description = {
      "",
      "A service and a partner get certificates from the running instance, a web server that "
          + "demands client certificates lets the partner in, the partner is revoked and refused "
          + "everywhere, the service renews, an alert is raised, and the roll tells all of it. "
          + "Each step shows the command lines and checks what they answered.",
      "",
      "Exit code 0 when every step went as told, else 1. Needs openssl and curl; uses nginx and "
          + "node where they are installed.",
      ""
    })
public final class Demo implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = ".chancery",
      description = "Data directory of chancery up (default: ${DEFAULT-VALUE}).")
  private Path folder;

  @Option(
      names = "--server",
      paramLabel = "KIND",
      defaultValue = "any",
      description =
          "Which web server demands the client certificates: nginx, openssl, or any, which is "
              + "nginx where it is installed (default: ${DEFAULT-VALUE}).")
  private ServerKind server;

  @Option(
      names = "--keep",
      description = "Keep the temporary folder, so that the command lines can be tried again.")
  private boolean keep;

  @Override
  public Integer call() {
    Transcript transcript = new Transcript(spec.commandLine().getOut());
    Addresses addresses = running();
    Tools tools = Tools.find(Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin"));
    try (Workshop workshop = open(transcript)) {
      Stage stage =
          new Stage(
              addresses,
              tools,
              workshop,
              new Shell(workshop, transcript),
              transcript,
              new SecureRandom());
      transcript.line("The story of a certificate, on " + addresses.https());
      transcript.line("In " + workshop.folder() + fate());
      transcript.line("  where trust/ and admin/ lead to " + workshop.data().root());
      new Story(stage).tell(server);
    }
    return 0;
  }

  private Workshop open(Transcript transcript) {
    DataDirectory data = new DataDirectory(folder);
    return keep ? Workshop.kept(data, transcript) : Workshop.passing(data);
  }

  private String fate() {
    return keep ? "" : " (removed at the end, unless --keep)";
  }

  private Addresses running() {
    DataDirectory data = new DataDirectory(folder);
    return DataLock.addresses(data)
        .filter(Reachable::answers)
        .orElseThrow(
            () ->
                new Failure.Refused(
                        "",
                        "no instance runs on " + data.root() + ": start it with: " + start(),
                        "")
                    .thrown());
  }

  private String start() {
    Path usual = Path.of(".chancery");
    return "./chancery up" + (folder.equals(usual) ? "" : " --data " + CommandText.word(folder));
  }
}
