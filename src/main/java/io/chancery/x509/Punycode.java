package io.chancery.x509;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether an {@code xn--} label stands for a label in Unicode (RFC 3492, RFC 5890, RFC 5892). */
final class Punycode {
  private static final String PREFIX = "xn--";

  // RFC 3492 s5.
  private static final int BASE = 36;
  private static final int FEWEST = 1;
  private static final int MOST = 26;
  private static final int SKEW = 38;
  private static final int DAMP = 700;
  private static final int FIRST_BIAS = 72;
  private static final int FIRST_CODE_POINT = 128;

  /** RFC 5892 s2.6, appendix A: marks between letters that are letters of their languages. */
  private static final String INNER_MARKS = "\u00b7\u0375\u05f3\u05f4\u30fb";

  private Punycode() {}

  /** {@code label} is in lower case and begins with {@code xn--}. */
  static boolean isALabel(String label) {
    return decode(label.substring(PREFIX.length())).filter(Punycode::isULabel).isPresent();
  }

  /** RFC 5890 s2.3.2.1: letters, digits and marks, normalised, and not all of them ASCII. */
  private static boolean isULabel(String text) {
    boolean international = text.chars().anyMatch(c -> c >= FIRST_CODE_POINT);
    boolean letters = text.codePoints().allMatch(c -> isLetter(c) || c == '-');
    // RFC 5891 s4.2.3.2: no combining mark to begin with.
    boolean marked = isMark(text.isEmpty() ? 0 : text.codePointAt(0));
    // RFC 5892 s2.2: what changes under normalisation or in lower case has another spelling.
    boolean stable =
        Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT).equals(text);
    return international && letters && !marked && stable;
  }

  private static boolean isLetter(int c) {
    return Character.isLetterOrDigit(c) || isMark(c) || INNER_MARKS.indexOf(c) >= 0;
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  /** RFC 3492 s6.2; empty where it does not decode. A label has at most 59 characters here. */
  static Optional<String> decode(String encoded) {
    int delimiter = encoded.lastIndexOf('-');
    List<Integer> output = new ArrayList<>();
    encoded.substring(0, Math.max(delimiter, 0)).chars().forEach(output::add);
    long codePoint = FIRST_CODE_POINT;
    long index = 0;
    int bias = FIRST_BIAS;
    int at = delimiter + 1;
    while (at < encoded.length()) {
      long before = index;
      long weight = 1;
      for (int k = BASE; ; k += BASE) {
        int digit = at < encoded.length() ? digit(encoded.charAt(at++)) : -1;
        index += digit * weight;
        if (digit < 0 || index > Integer.MAX_VALUE) {
          return Optional.empty();
        }
        int threshold = Math.clamp(k - bias, FEWEST, MOST);
        if (digit < threshold) {
          break;
        }
        weight *= BASE - threshold;
      }
      int length = output.size() + 1;
      bias = adapt(index - before, length, before == 0 ? DAMP : 2);
      codePoint += index / length;
      index %= length;
      if (codePoint > Character.MAX_CODE_POINT) {
        return Optional.empty();
      }
      output.add((int) index++, (int) codePoint);
    }
    StringBuilder text = new StringBuilder();
    output.forEach(text::appendCodePoint);
    return Optional.of(text.toString());
  }

  /** RFC 3492 s6.1. */
  private static int adapt(long delta, int length, int damp) {
    long left = delta / damp;
    left += left / length;
    int k = 0;
    while (left > (BASE - FEWEST) * MOST / 2) {
      left /= BASE - FEWEST;
      k += BASE;
    }
    return (int) (k + (BASE - FEWEST + 1) * left / (left + SKEW));
  }

  private static int digit(char c) {
    if (c >= 'a' && c <= 'z') {
      return c - 'a';
    }
    return c >= '0' && c <= '9' ? c - '0' + 26 : -1;
  }
}
