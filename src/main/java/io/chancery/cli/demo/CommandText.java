package io.chancery.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A command as text for a POSIX shell: quoted where it must be, broken with backslashes. */
final class CommandText {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");
  private static final String INDENT = "    ";

  private CommandText() {}

  static String word(Object word) {
    String text = word.toString();
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  /** The command in lines of at most {@code width} where its words allow it. */
  static List<String> lines(String prompt, List<String> command, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(prompt);
    boolean empty = true;
    for (String unit : units(command)) {
      // Two columns for the backslash that continues the line.
      if (!empty && line.length() + 1 + unit.length() + 2 > width) {
        lines.add(line + " \\");
        line = new StringBuilder(INDENT);
        empty = true;
      }
      line.append(empty ? "" : " ").append(unit);
      empty = false;
    }
    lines.add(line.toString());
    return lines;
  }

  /** An option stays on one line with its value. */
  private static List<String> units(List<String> command) {
    List<String> units = new ArrayList<>();
    boolean open = false;
    for (String each : command) {
      boolean option = each.startsWith("-");
      if (open && !option) {
        units.set(units.size() - 1, units.getLast() + " " + word(each));
      } else {
        units.add(word(each));
      }
      open = option;
    }
    return units;
  }
}
