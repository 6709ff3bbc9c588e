package io.chancery.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class TranscriptTest {
  private final StringWriter out = new StringWriter();
  private final Transcript transcript = new Transcript(new PrintWriter(out));

  @Test
  void longAnswersAreBrokenAtSpacesAndKeepTheirIndent() {
    transcript.answer("  " + "word ".repeat(40) + "\n\nnext");
    transcript.ok("fine ".repeat(40));
    assertThat(out.toString().lines())
        .allMatch(line -> line.length() <= Transcript.COLUMNS)
        .allMatch(line -> line.startsWith("       word") || !line.contains("word"))
        .contains("     next")
        .noneMatch(String::isBlank);
  }

  @Test
  void aWordWithoutSpacesIsCut() {
    assertThat(TextWrap.lines("x".repeat(25), 10))
        .containsExactly("x".repeat(10), "x".repeat(10), "xxxxx");
  }

  @Test
  void aStrangersControlCharactersDoNotReachTheTerminal() {
    transcript.answer("a\u001b[31mb\tc\u0007");
    assertThat(out).hasToString("     a?[31mb c?" + System.lineSeparator());
  }

  @Test
  void aBackgroundCommandEndsLikeOne() {
    transcript.background(List.of("nginx", "-p", "."));
    assertThat(out).hasToString("   $ nginx -p . &" + System.lineSeparator());
  }
}
