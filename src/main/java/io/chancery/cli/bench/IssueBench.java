package io.chancery.cli.bench;

import io.chancery.Failure;
import io.chancery.cli.local.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Issuing, measured on instances of its own. */
@Command(
    name = "issue",
    header = "Measure issuing, and what limits it.",
    description = {
      "",
      "Starts an instance of its own on this machine, issues 100,000 certificates that do not"
          + " count, then measures in turn: issuing, the bare token, durable commits, TLS"
          + " handshakes, and nginx where it is installed; then a paced load, a crowd that starts"
          + " at the same time, and the same with an RSA issuer. Prints a table, and stops all of"
          + " it. Everything listens on loopback only. Takes about half an hour and 2 GB of disk;"
          + " the machine should do nothing else.",
      ""
    },
    footer = {"", "What is measured, and what the figures are worth: docs/performance.md."})
public final class IssueBench implements Callable<Integer> {
  /** What the issuer's key is. */
  private enum IssuerKey {
    P256,
    RSA3072
  }

  @Spec private CommandSpec spec;
  @Mixin private RunOptions options;

  @Option(
      names = "--connections",
      paramLabel = "N",
      split = ",",
      defaultValue = "48,96,144",
      description =
          "Kept connections that ask at the same time; of several numbers, tried in turn, the one"
              + " with the best rate counts (default: ${DEFAULT-VALUE}).")
  private List<Integer> connections;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "8",
      description = "Length of a round (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "100000",
      description =
          "Certificates that do not count; with fewer the JVM is still compiling"
              + " (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(
      names = "--issuer",
      paramLabel = "KEY",
      description =
          "Only an issuer with this key: ${COMPLETION-CANDIDATES} (default: one after the other).")
  private Optional<IssuerKey> issuer;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Progress progress = new Progress(out, InstantSource.system());
    IssuePlan plan =
        options.isBrief()
            ? IssuePlan.brief(connections)
            : IssuePlan.full(warmUp, connections, Duration.ofSeconds(Math.max(1, seconds)));
    AtomicBoolean whole = new AtomicBoolean(true);
    options.run(out, folder -> measure(new IssueRun(plan, folder, progress), folder, whole));
    if (!whole.get()) {
      throw new Failure.Misconfigured(
              "chancery bench issue",
              "the table lacks the RSA issuer",
              "see above what it said; --issuer=RSA3072 measures it by itself")
          .thrown();
    }
    return 0;
  }

  private Report measure(IssueRun run, Path folder, AtomicBoolean whole) {
    return switch (issuer.orElse(IssuerKey.P256)) {
      case P256 -> {
        Report report = run.elliptic();
        if (issuer.isEmpty()) {
          rsa(folder).ifPresentOrElse(it -> report.take(it, ""), () -> whole.set(false));
        }
        yield report;
      }
      case RSA3072 -> run.rsa();
    };
  }

  /** In a process of its own: a PKCS#11 library knows the tokens of one configuration only. */
  private Optional<String> rsa(Path folder) {
    List<String> words = new ArrayList<>(List.of("issue", "--issuer=" + IssuerKey.RSA3072));
    words.add("--data=" + folder);
    words.add(
        "--connections="
            + connections.stream().map(String::valueOf).collect(Collectors.joining(",")));
    words.add("--seconds=" + seconds);
    words.add("--warm-up=" + warmUp);
    if (options.isBrief()) {
      words.add("--short");
    }
    return Part.run(spec.commandLine().getOut(), words, folder.resolve("rsa.json"));
  }
}
