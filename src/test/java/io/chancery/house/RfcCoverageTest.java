package io.chancery.house;

import io.chancery.testing.Golden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/rfc-coverage.md is what the sources say: which clause, enforced where, tried by what. */
class RfcCoverageTest {
  private static final Pattern CLAUSE =
      Pattern.compile("RFC (\\d{4})(?:,)? (s[A-Z]?[\\d.]*\\d|A\\.\\d)");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("\\W+");
  private static final int TESTS_NAMED = 3;

  @Test
  void thePageIsWhatTheSourcesSay() {
    Map<String, TreeSet<String>> classes = new TreeMap<>();
    for (Path file : files(Path.of("src/main/java"))) {
      // Comments are wrapped: a clause may run over the line's end.
      String text = text(file).replaceAll("\\s*\\n\\s*(\\*|//)?\\s*", " ");
      Matcher clauses = CLAUSE.matcher(text);
      while (clauses.find()) {
        classes
            .computeIfAbsent(key(clauses.group(1), clauses.group(2)), absent -> new TreeSet<>())
            .add(name(file));
      }
    }
    Golden.checkFile(Path.of("docs/rfc-coverage.md"), page(classes, tests()));
  }

  private static String page(
      Map<String, TreeSet<String>> classes, Map<String, Set<String>> wordsByTest) {
    List<String> lines = new ArrayList<>();
    lines.add("# RFC coverage");
    lines.add("");
    lines.add(
        "Which clause is named where, and which tests name that class. Made from the sources by"
            + " `RfcCoverageTest`; `./mvnw verify -Dgolden.update=true` writes it anew.");
    lines.add("");
    lines.add("| clause | classes | tests |");
    lines.add("|---|---|---|");
    classes.forEach(
        (clause, where) ->
            lines.add(
                "| "
                    + clause.replaceFirst("^(\\d+) ", "RFC $1 ")
                    + " | "
                    + where.stream().map(one -> "`" + one + "`").collect(Collectors.joining(" "))
                    + " | "
                    + where.stream()
                        .flatMap(one -> naming(one, wordsByTest))
                        .distinct()
                        .limit(TESTS_NAMED)
                        .map(one -> "`" + one + "`")
                        .collect(Collectors.joining(" "))
                    + " |"));
    return String.join("\n", lines) + "\n";
  }

  private static Stream<String> naming(String className, Map<String, Set<String>> wordsByTest) {
    return wordsByTest.entrySet().stream()
        .filter(test -> test.getValue().contains(className) || test.getKey().startsWith(className))
        .map(Map.Entry::getKey);
  }

  /** The words of each test. */
  private static Map<String, Set<String>> tests() {
    Map<String, Set<String>> tests = new TreeMap<>();
    for (Path file : files(Path.of("src/test/java"))) {
      if (name(file).endsWith("Test")) {
        tests.put(name(file), BETWEEN_WORDS.splitAsStream(text(file)).collect(Collectors.toSet()));
      }
    }
    return tests;
  }

  private static String key(String rfc, String section) {
    return rfc + " " + section;
  }

  private static List<Path> files(Path root) {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(one -> one.toString().endsWith(".java")).sorted().toList();
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }
}
