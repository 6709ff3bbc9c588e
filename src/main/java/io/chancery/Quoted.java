package io.chancery;

/**
 * Text from outside, made fit for a log line or an answer: printable ASCII stays, everything else
 * (controls, line ends, right-to-left marks, quotes) becomes {@code \}{@code uXXXX}, and what is
 * too long is cut and says so.
 */
public final class Quoted {
  private static final int LONGEST = 120;

  private Quoted() {}

  /** {@code 'text'} with its dangerous characters escaped, at most about 120 characters. */
  public static String of(String text) {
    StringBuilder out = new StringBuilder("'");
    int length = Math.min(text.length(), LONGEST);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x20 && c < 0x7f && c != '\'' && c != '\\') {
        out.append(c);
      } else {
        out.append(String.format("\\u%04x", (int) c));
      }
    }
    out.append('\'');
    if (text.length() > LONGEST) {
      out.append(" (cut, ").append(text.length()).append(" characters)");
    }
    return out.toString();
  }
}
