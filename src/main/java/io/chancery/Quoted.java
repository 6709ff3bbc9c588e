package io.chancery;

import java.util.HexFormat;

/**
 * Text from outside, made fit for a log line or an answer: printable ASCII stays, everything else
 * (controls, line ends, right-to-left marks, quotes) becomes {@code \}{@code uXXXX}, and what is
 * too long is cut and says so.
 */
public final class Quoted {
  private static final int LONGEST = 120;
  private static final HexFormat HEX = HexFormat.of();

  private Quoted() {}

  /** {@code 'text'} with its dangerous characters escaped, of at most 120 characters of input. */
  public static String of(String text) {
    StringBuilder out = new StringBuilder("'");
    text.chars().limit(LONGEST).forEach(c -> append(out, (char) c));
    out.append('\'');
    if (text.length() > LONGEST) {
      out.append(" (cut, ").append(text.length()).append(" characters)");
    }
    return out.toString();
  }

  private static void append(StringBuilder out, char c) {
    if (c >= 0x20 && c < 0x7f && c != '\'' && c != '\\') {
      out.append(c);
    } else {
      out.append("\\u").append(HEX.toHexDigits(c));
    }
  }
}
