package io.chancery.cli.ceremony;

import io.chancery.x509.Thumbprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What was done, in order, with the time; no secret is ever told to it. Its last line is the hash
 * of the lines above, for people to sign on paper.
 */
final class Transcript {
  private static final String INDENT = " ".repeat(29);
  private static final Path HOST = Path.of("/proc/sys/kernel/hostname");

  private final CeremonySpec spec;
  private final InstantSource clock;
  private final Consumer<String> progress;
  private final Instant start;
  private final List<String> steps = new ArrayList<>();
  private int deeds;

  Transcript(CeremonySpec spec, InstantSource clock, Consumer<String> progress) {
    this.spec = spec;
    this.clock = clock;
    this.progress = progress;
    this.start = now();
  }

  /** Something that was not so before. */
  void done(Step step) {
    deeds++;
    say("made   ", step);
  }

  /** Something that an earlier run left, and that was checked. */
  void found(Step step) {
    say("found  ", step);
  }

  /** Something to know. */
  void note(String what) {
    say("note   ", Step.of(what));
  }

  /** The end of a run that failed; whoever runs it is told by the failure itself. */
  void stopped(String why) {
    write("note   ", Step.of("stopped: " + why));
  }

  boolean somethingWasDone() {
    return deeds > 0;
  }

  /** The whole text; {@code papers} are lines about the files. */
  String text(List<String> papers) {
    List<String> lines = new ArrayList<>();
    lines.add("Chancery key ceremony: transcript");
    lines.add("");
    lines.add("began     " + start);
    lines.add("ended     " + now());
    lines.add("user      " + System.getProperty("user.name", "unknown") + " on " + host());
    lines.add("program   chancery " + version() + ", Java " + Runtime.version());
    lines.add("file      " + spec.file().getFileName() + ", SHA-256 " + spec.hash());
    lines.add("folder    " + spec.output());
    lines.add("");
    lines.add("Steps");
    lines.addAll(steps);
    lines.add("");
    lines.add("Files, with SHA-256");
    lines.addAll(papers);
    lines.add("");
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(harmless(line)).append('\n'));
    Thumbprint hash = Thumbprint.of(text.toString().getBytes(StandardCharsets.UTF_8));
    return text.append("sha256 of the lines above: ").append(hash).append('\n').toString();
  }

  private void say(String kind, Step step) {
    write(kind, step);
    progress.accept(harmless(kind + step.what()));
  }

  private void write(String kind, Step step) {
    steps.add(now() + "  " + kind + step.what());
    step.facts().forEach(fact -> steps.add(INDENT + fact));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** A path may hold a line end; a line of this text may not. */
  private static String harmless(String line) {
    return line.replaceAll("\\p{Cntrl}", "?");
  }

  private static String version() {
    return Optional.ofNullable(Transcript.class.getPackage().getImplementationVersion())
        .orElse("(not packaged)");
  }

  /** Asked of the kernel: a name server has no say in it, and may be far. */
  private static String host() {
    try {
      return Files.readString(HOST).strip();
    } catch (IOException otherSystem) {
      return Optional.ofNullable(System.getenv("HOSTNAME")).orElse("a host without a name");
    }
  }
}
