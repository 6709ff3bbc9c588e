package io.chancery.cli.bench;

import io.chancery.cli.local.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Issuing, measured on an instance of its own. */
@Command(
    name = "issue",
    header = "Measure issuing, and what limits it.",
    description = {
      "",
      "Starts an instance of its own on this machine, issues 30,000 certificates that do not"
          + " count, then measures in turn: issuing, the bare token, durable commits, TLS"
          + " handshakes, and nginx where it is installed. Prints a table, and stops all of it."
          + " Everything listens on loopback only. Takes about a quarter of an hour; the machine"
          + " should do nothing else.",
      ""
    },
    footer = {"", "What is measured, and what the figures are worth: docs/performance.md."})
public final class IssueBench implements Callable<Integer> {
  /** What the issuer's key is. */
  private enum IssuerKind {
    EC,
    RSA
  }

  @Spec private CommandSpec spec;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "32",
      description = "Kept connections that ask at the same time (default: ${DEFAULT-VALUE}).")
  private int connections;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "8",
      description = "Length of a round (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there as well.")
  private Optional<Path> json;

  @Option(
      names = "--short",
      description = "Few certificates and short rounds: whether it runs, not how fast.")
  private boolean brief;

  @Option(
      names = "--issuer",
      paramLabel = "KEY",
      description = {
        "Measure only an issuer with such a key, ${COMPLETION-CANDIDATES}",
        "(default: one after the other)."
      })
  private Optional<IssuerKind> issuer;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Keep the instances there, and use what an earlier run left.")
  private Optional<Path> kept;

  @Override
  public Integer call() {
    Progress progress = new Progress(spec.commandLine().getOut(), InstantSource.system());
    IssuePlan plan =
        brief
            ? IssuePlan.brief(connections)
            : IssuePlan.full(connections, Duration.ofSeconds(Math.max(1, seconds)));
    Path folder = kept.orElseGet(StatusBench::temporary).toAbsolutePath().normalize();
    try {
      Report report = measure(new IssueRun(plan, folder, progress), folder);
      spec.commandLine().getOut().print(report.words());
      spec.commandLine().getOut().flush();
      json.ifPresent(file -> StatusBench.write(file, report.json()));
    } finally {
      if (kept.isEmpty()) {
        StatusBench.delete(folder);
      }
    }
    return 0;
  }

  private Report measure(IssueRun run, Path folder) {
    return switch (issuer.orElse(IssuerKind.EC)) {
      case EC -> {
        Report report = run.elliptic();
        if (issuer.isEmpty()) {
          Part.run(spec.commandLine().getOut(), rest(folder), folder.resolve("rsa.json"), report);
        }
        yield report;
      }
      case RSA -> run.rsa();
    };
  }

  /** In a process of its own: a PKCS#11 library knows the tokens of one configuration only. */
  private List<String> rest(Path folder) {
    List<String> words = new ArrayList<>(List.of("issue", "--issuer=RSA", "--data=" + folder));
    words.add("--connections=" + connections);
    words.add("--seconds=" + seconds);
    if (brief) {
      words.add("--short");
    }
    return words;
  }
}
