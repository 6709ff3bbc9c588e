package io.chancery.x509;

/** RFC 3492 s6.3, so that tests can make labels that no tool would make. */
final class PunycodeEncoder {
  private PunycodeEncoder() {}

  static String encode(String text) {
    int[] input = text.codePoints().toArray();
    StringBuilder out = new StringBuilder();
    text.codePoints().filter(c -> c < 128).forEach(out::appendCodePoint);
    int basic = out.length();
    int handled = basic;
    if (basic > 0) {
      out.append('-');
    }
    int n = 128;
    int delta = 0;
    int bias = 72;
    while (handled < input.length) {
      int next = Integer.MAX_VALUE;
      for (int c : input) {
        next = c >= n ? Math.min(next, c) : next;
      }
      delta += (next - n) * (handled + 1);
      n = next;
      for (int c : input) {
        if (c < n) {
          delta++;
        } else if (c == n) {
          appendNumber(out, delta, bias);
          bias = adapt(delta, handled + 1, handled == basic ? 700 : 2);
          delta = 0;
          handled++;
        }
      }
      delta++;
      n++;
    }
    return out.toString();
  }

  private static void appendNumber(StringBuilder out, int number, int bias) {
    int rest = number;
    for (int k = 36; ; k += 36) {
      int threshold = Math.clamp(k - bias, 1, 26);
      if (rest < threshold) {
        out.append(digit(rest));
        return;
      }
      out.append(digit(threshold + (rest - threshold) % (36 - threshold)));
      rest = (rest - threshold) / (36 - threshold);
    }
  }

  private static int adapt(int delta, int length, int damp) {
    int left = delta / damp;
    left += left / length;
    int k = 0;
    while (left > 455) {
      left /= 35;
      k += 36;
    }
    return k + 36 * left / (left + 38);
  }

  private static char digit(int value) {
    return (char) (value < 26 ? 'a' + value : '0' + value - 26);
  }
}
