package io.chancery.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsCanBePastedTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "two words",
        "it's",
        "",
        "$HOME",
        "a;b",
        "%{http_code}",
        "{\"a\":\"b c\"}",
        "back\\slash",
        "*"
      })
  void theShellReadsTheWordsThatWereMeant(String word) throws Exception {
    List<String> words = List.of("printf", "%s|", word, "-x", word, "x".repeat(60), "y".repeat(60));
    String pasted = String.join("\n", CommandText.lines("", words, 80));
    Process shell = new ProcessBuilder("sh", "-c", pasted).redirectErrorStream(true).start();
    String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    List<String> read = new ArrayList<>(words.subList(2, words.size()));
    assertThat(printed).isEqualTo(String.join("|", read) + "|");
  }

  @Test
  void anOptionStaysWithItsValueAndLinesStayShort() {
    List<String> lines =
        CommandText.lines(
            "$ ", List.of("openssl", "verify", "-CAfile", "trust/root.pem", "partner.pem"), 34);
    assertThat(lines)
        .containsExactly("$ openssl verify \\", "    -CAfile trust/root.pem \\", "    partner.pem");
    assertThat(lines).allMatch(line -> line.length() <= 34);
  }

  @Test
  void aPlainPathIsNotQuoted() {
    assertThat(CommandText.word(Path.of("/tmp/a-b/c.pem"))).isEqualTo("/tmp/a-b/c.pem");
  }
}
