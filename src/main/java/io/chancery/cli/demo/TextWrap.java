package io.chancery.cli.demo;

import java.util.ArrayList;
import java.util.List;

/** Lines of a bounded width, broken at spaces where there are any; the first indent is kept. */
final class TextWrap {
  private TextWrap() {}

  static List<String> lines(String text, int width) {
    String body = text.stripLeading();
    int indent = Math.min(text.length() - body.length(), width / 2);
    List<String> lines = new ArrayList<>();
    String rest = " ".repeat(indent) + body;
    while (rest.length() > width) {
      int at = rest.lastIndexOf(' ', width);
      int end = at > indent ? at : width;
      lines.add(rest.substring(0, end).stripTrailing());
      rest = " ".repeat(indent) + rest.substring(end).strip();
    }
    lines.add(rest);
    return lines;
  }
}
