package io.chancery.cli.demo;

import java.io.PrintWriter;
import java.util.List;

/** What the person reads: plain text, at most 100 columns, no colours. */
final class Transcript {
  static final int COLUMNS = 100;
  private static final String COMMAND = "   ";
  private static final String ANSWER = "     ";

  private final PrintWriter out;

  Transcript(PrintWriter out) {
    this.out = out;
  }

  void line(String text) {
    out.println(text);
    out.flush();
  }

  void heading(String step) {
    line("");
    line(step);
  }

  /** A command line as it can be pasted. */
  void command(List<String> words) {
    CommandText.lines("$ ", words, COLUMNS - COMMAND.length()).forEach(one -> line(COMMAND + one));
  }

  /** The same for one that goes on while the story does. */
  void background(List<String> words) {
    List<String> lines = CommandText.lines("$ ", words, COLUMNS - COMMAND.length() - 2);
    lines.subList(0, lines.size() - 1).forEach(one -> line(COMMAND + one));
    line(COMMAND + lines.getLast() + " &");
  }

  /** A line for the shell itself. */
  void script(String text) {
    line(COMMAND + "$ " + text);
  }

  /** What a program said, line by line. */
  void answer(String text) {
    text.lines()
        .filter(one -> !one.isBlank())
        .flatMap(one -> TextWrap.lines(printable(one), COLUMNS - ANSWER.length()).stream())
        .forEach(one -> line(ANSWER + one));
  }

  /** A remark of the story-teller. */
  void note(String text) {
    TextWrap.lines(text, COLUMNS - COMMAND.length()).forEach(one -> line(COMMAND + one));
  }

  void ok(String what) {
    verdict("ok    ", what);
  }

  void failed(String what) {
    verdict("WRONG ", what);
  }

  private void verdict(String word, String what) {
    String indent = " ".repeat(word.length());
    List<String> lines =
        TextWrap.lines(printable(what), COLUMNS - COMMAND.length() - word.length());
    for (int i = 0; i < lines.size(); i++) {
      line(COMMAND + (i == 0 ? word : indent) + lines.get(i));
    }
  }

  /** No control characters of a stranger on this terminal; a tab is a space. */
  static String printable(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .map(c -> c == '\t' ? ' ' : c)
        .forEach(c -> out.appendCodePoint(Character.isISOControl(c) ? '?' : c));
    return out.toString().stripTrailing();
  }
}
