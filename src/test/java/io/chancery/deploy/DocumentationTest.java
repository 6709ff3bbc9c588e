package io.chancery.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages keep to what is there: links lead somewhere, and tests that are named exist. */
class DocumentationTest {
  private static final Path DOCS = Path.of("docs");
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#\\s]+)");
  private static final Pattern NAMED_TEST = Pattern.compile("`(\\w+Test)`");
  private static final Pattern ABUSE = Pattern.compile("(?m)^\\| (\\d+) \\|([^|\\n]+\\|){4}$");

  @Test
  void links_lead_to_files() throws IOException {
    assertThat(pages())
        .allSatisfy(
            page ->
                assertThat(found(LINK, Files.readString(page)))
                    .allSatisfy(link -> assertThat(page.resolveSibling(link)).exists()));
  }

  @Test
  void named_tests_exist() throws IOException {
    List<String> tests;
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      tests = files.map(file -> file.getFileName().toString().replace(".java", "")).toList();
    }
    assertThat(pages())
        .allSatisfy(
            page -> assertThat(tests).containsAll(found(NAMED_TEST, Files.readString(page))));
  }

  @Test
  void the_threat_model_has_49_abuses_with_every_column() throws IOException {
    assertThat(found(ABUSE, Files.readString(DOCS.resolve("threat-model.md"))))
        .isEqualTo(IntStream.rangeClosed(1, 49).mapToObj(Integer::toString).toList());
  }

  @Test
  void a_dead_link_and_a_missing_test_are_seen() {
    assertThat(found(LINK, "[a](gone.md) [b](https://example.test/x) [c](there.md#part)"))
        .containsExactly("gone.md", "there.md");
    assertThat(found(NAMED_TEST, "shown by `NobodyTest`, `OtherTest`"))
        .containsExactly("NobodyTest", "OtherTest");
    assertThat(found(ABUSE, "| 7 | a | b | c |\n| 8 | a | b | c | d |\n")).containsExactly("8");
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult it) -> it.group(1)).toList();
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(DOCS);
        Stream<Path> deploy = Files.walk(Path.of("deploy"))) {
      return Stream.concat(docs, deploy)
          .filter(it -> it.getFileName().toString().endsWith(".md"))
          .toList();
    }
  }
}
