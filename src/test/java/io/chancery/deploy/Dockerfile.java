package io.chancery.deploy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A Dockerfile's stages, and what breaks the rules for them. */
record Dockerfile(List<Stage> stages) {
  private static final Pattern SECRET_NAME =
      Pattern.compile("(?i)\\b\\w*(PIN|PASSWORD|PASSPHRASE|SECRET|TOKEN)\\w*\\s*=?");
  private static final Pattern NUMERIC_USER = Pattern.compile("[1-9]\\d*(:[1-9]\\d*)?");

  record Instruction(String keyword, String argument) {}

  record Stage(String name, String from, List<Instruction> instructions) {
    List<String> arguments(String keyword) {
      return instructions.stream()
          .filter(it -> it.keyword().equals(keyword))
          .map(Instruction::argument)
          .toList();
    }
  }

  static Dockerfile parse(String text) {
    List<Stage> stages = new ArrayList<>();
    String joined = text.replaceAll("(?m)^\\s*#.*\\R?", "").replaceAll("\\\\\\R", " ");
    for (String line : joined.lines().map(String::strip).filter(it -> !it.isEmpty()).toList()) {
      String[] words = line.split("\\s+", 2);
      String keyword = words[0].toUpperCase(Locale.ROOT);
      if (keyword.equals("FROM")) {
        String[] from = words[1].split("\\s+(?i:as)\\s+", 2);
        stages.add(new Stage(from.length == 2 ? from[1] : "", from[0], new ArrayList<>()));
      } else if (stages.isEmpty()) {
        throw new IllegalArgumentException("before the first FROM: " + line);
      } else {
        stages.getLast().instructions().add(new Instruction(keyword, words[1]));
      }
    }
    return new Dockerfile(List.copyOf(stages));
  }

  Optional<Stage> stage(String name) {
    return stages.stream().filter(it -> it.name().equals(name)).findFirst();
  }

  /** The stage and those it is built on, nearest first; the last one's FROM is a foreign image. */
  List<Stage> ancestry(Stage stage) {
    List<Stage> line = new ArrayList<>();
    Optional<Stage> next = Optional.of(stage);
    while (next.isPresent()) {
      line.add(next.get());
      next = stage(next.get().from());
    }
    return line;
  }

  /** Who runs in an image of this stage; empty where it is left to the foreign image. */
  Optional<String> user(Stage stage) {
    return ancestry(stage).stream()
        .flatMap(it -> it.arguments("USER").reversed().stream())
        .findFirst();
  }

  /** {@code context} is the folder that COPY reads from. */
  List<String> broken(Path context) {
    Findings findings = new Findings();
    Map<String, Stage> earlier = new LinkedHashMap<>();
    for (Stage stage : stages) {
      findings.unless(
          earlier.containsKey(stage.from()) || PinnedImage.is(stage.from()),
          stage.name() + " is built on " + stage.from());
      stage.arguments("ADD").forEach(it -> findings.unless(false, "ADD " + it));
      for (String keyword : List.of("ENV", "ARG")) {
        for (String it : stage.arguments(keyword)) {
          findings.unless(!SECRET_NAME.matcher(it).find(), keyword + " carries a secret: " + it);
        }
      }
      stage.arguments("COPY").forEach(it -> copy(findings, earlier, context, it));
      earlier.put(stage.name(), stage);
      if (!stage.name().equals("build")) {
        String user = user(stage).orElse("root");
        findings.unless(
            NUMERIC_USER.matcher(user).matches(), stage.name() + " runs as user " + user);
      }
    }
    return findings.list();
  }

  private static void copy(
      Findings findings, Map<String, Stage> earlier, Path context, String argument) {
    List<String> words = new ArrayList<>(List.of(argument.split("\\s+")));
    words.removeLast();
    if (words.getFirst().startsWith("--from=")) {
      String from = words.getFirst().substring("--from=".length());
      findings.unless(earlier.containsKey(from), "COPY from a stage that is not above: " + from);
      return;
    }
    for (String source : words) {
      findings.unless(
          Files.exists(context.resolve(source)), "COPY of what is not there: " + source);
    }
  }
}
