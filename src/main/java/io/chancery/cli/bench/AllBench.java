package io.chancery.cli.bench;

import io.chancery.Failure;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** One benchmark after the other, each in a process of its own. */
@Command(
    name = "all",
    header = "Measure everything that has a goal, one after the other.",
    description = {
      "",
      "Runs the other benchmarks, each in a process of its own, prints the table of each and of"
          + " all together. One that fails does not end the others. Takes two hours or more and 45"
          + " GB of disk; the machine should do nothing else.",
      ""
    },
    footer = {"", "What is measured, and what the figures are worth: docs/performance.md."})
public final class AllBench implements Callable<Integer> {
  /** The order in which they run. */
  static final List<String> PARTS = List.of("issue", "status", "start", "grow");

  @Spec private CommandSpec spec;
  @Mixin private RunOptions options;

  @Override
  public Integer call() {
    List<String> failed = new ArrayList<>();
    options.run(spec.commandLine().getOut(), folder -> measure(folder, failed));
    if (!failed.isEmpty()) {
      throw new Failure.Misconfigured(
              "chancery bench all",
              "the table lacks " + String.join(", ", failed),
              "see above what they said; each can be run by itself")
          .thrown();
    }
    return 0;
  }

  private Report measure(Path folder, List<String> failed) {
    PrintWriter out = spec.commandLine().getOut();
    Report report = new Report();
    for (String part : PARTS) {
      out.println("\nchancery bench " + part);
      out.flush();
      List<String> words = new ArrayList<>(List.of(part, "--data=" + folder.resolve(part)));
      if (options.isBrief()) {
        words.add("--short");
      }
      Part.run(out, words, folder.resolve(part + ".json"))
          .ifPresentOrElse(figures -> report.take(figures, part + ": "), () -> failed.add(part));
    }
    return report;
  }
}
