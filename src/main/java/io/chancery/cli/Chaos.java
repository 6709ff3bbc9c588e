package io.chancery.cli;

import io.chancery.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The tests of what may fail, for as long as one likes. They are sources: it needs a checkout. */
@Command(
    name = "chaos",
    header = "Let token, database and machine fail under load, and check what is promised.",
    description = {
      "",
      "Starts an instance of its own on loopback, in a folder under target/, with a load of clients"
          + " that keep every certificate they were given. Something fails every few seconds and"
          + " comes back. At the end everything is held against what the clients have. Exit code 0:"
          + " every promise was kept; 1: one was not, the output says which, and the folder stays.",
      "",
      "Needs a checkout, and a C compiler for a PKCS#11 library that misbehaves.",
      ""
    },
    footer = {"", "What is promised and what fails: docs/chaos.md"})
final class Chaos implements Callable<Integer> {
  private static final String CHECKOUT = "chancery.checkout";
  private static final int MOST_ROUNDS = 100_000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "20",
      description = "How often something fails. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(names = "--seed", paramLabel = "S", description = "Draw the same faults again.")
  private Long seed;

  @Option(
      names = "--parts",
      paramLabel = "PART",
      split = ",",
      description = "What fails: ${COMPLETION-CANDIDATES}. Default: all of them.")
  private List<Part> parts = List.of(Part.values());

  @Option(
      names = "--soak",
      paramLabel = "DURATION",
      description = "Nothing fails; seven tenths of the top load for so long, such as PT1H.")
  private Duration soak;

  @Option(
      names = "--overload",
      paramLabel = "SECONDS",
      description = "Nothing fails; ten times the top load for so long, such as 60.")
  private Integer overload;

  /** As they stand on the command line. */
  enum Part {
    HSM,
    DATABASE,
    MACHINE
  }

  @Override
  public Integer call() throws InterruptedException {
    List<String> command = new ArrayList<>(List.of(checkout().resolve("mvnw").toString()));
    command.addAll(List.of("-q", "test-compile", "surefire:test"));
    command.add("-Dchaos.promise=true");
    command.addAll(what());
    try {
      Process tests =
          new ProcessBuilder(command).directory(checkout().toFile()).inheritIO().start();
      return tests.waitFor() == 0 ? 0 : 1;
    } catch (IOException cannot) {
      throw new Failure.Misconfigured(
              checkout().toString(), "its tests cannot be started", "look at ./mvnw test-compile")
          .because(cannot);
    }
  }

  private List<String> what() {
    if (soak != null && overload != null) {
      throw new ParameterException(spec.commandLine(), "chaos: --soak or --overload, not both");
    }
    if (soak != null) {
      must(soak.compareTo(Duration.ofMinutes(1)) >= 0, "--soak wants a minute or more: PT1M");
      return List.of("-Dtest=SoakIT", "-Dsoak.length=" + soak);
    }
    if (overload != null) {
      must(overload >= 5 && overload <= 3600, "--overload wants 5 to 3600 seconds");
      return List.of("-Dtest=OverloadIT", "-Doverload.seconds=" + overload);
    }
    must(rounds >= 1 && rounds <= MOST_ROUNDS, "--rounds wants 1 to " + MOST_ROUNDS);
    List<String> chosen = new ArrayList<>(List.of("-Dtest=ChaosIT", "-Dchaos.rounds=" + rounds));
    chosen.add("-Dchaos.parts=" + String.join(",", parts.stream().map(Enum::name).toList()));
    Optional.ofNullable(seed).ifPresent(one -> chosen.add("-Dchaos.seed=" + one));
    return chosen;
  }

  private void must(boolean holds, String otherwise) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), "chaos: " + otherwise);
    }
  }

  /** Where {@code ./chancery} stands, if the sources of the tests are there. */
  private static Path checkout() {
    return Optional.ofNullable(System.getProperty(CHECKOUT))
        .map(Path::of)
        .filter(folder -> Files.isDirectory(folder.resolve("src/test/java/io/chancery/chaos")))
        .orElseThrow(
            () ->
                new Failure.Misconfigured(
                        "chaos",
                        "its tests are not part of a build",
                        "run ./chancery chaos in a checkout of the sources")
                    .thrown());
  }
}
