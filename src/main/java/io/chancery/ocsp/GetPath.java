package io.chancery.ocsp;

/**
 * The request in the path of a GET (RFC 6960 A.1): base64, then escaped for a URL, as clients do
 * it. Some escape what need not be, some not what should, some twice; some leave the padding away
 * or use base64url. No octet of base64 means two things in these, so all are read.
 */
final class GetPath {
  private static final int ESCAPED_TWICE = 2;
  private static final byte[] NOTHING = {};

  private GetPath() {}

  /** What stands behind the prefix; a query is no part of it. No octets where it is no base64. */
  static byte[] request(String uri, int prefix) {
    int query = uri.indexOf('?');
    int end = query < 0 ? uri.length() : query;
    return prefix >= end ? NOTHING : decoded(uri, prefix, end);
  }

  private static byte[] decoded(String uri, int from, int end) {
    byte[] octets = new byte[(end - from) * 3 / 4 + 3];
    int length = 0;
    int bits = 0;
    int count = 0;
    int padding = 0;
    for (int at = from; at < end; ) {
      char c = uri.charAt(at);
      int next = at + 1;
      // RFC 3986 s2.1; a client that escapes twice writes %252F.
      for (int i = 0; c == '%' && i < ESCAPED_TWICE; i++) {
        int escaped = escaped(uri, next, end);
        if (escaped < 0) {
          return NOTHING;
        }
        c = (char) escaped;
        next += 2;
      }
      at = next;
      if (c == '=') {
        padding++;
        continue;
      }
      int digit = digit(c);
      if (digit < 0 || padding > 0) {
        return NOTHING;
      }
      bits = bits << 6 | digit;
      count++;
      if (count % 4 == 0) {
        octets[length++] = (byte) (bits >> 16);
        octets[length++] = (byte) (bits >> 8);
        octets[length++] = (byte) bits;
        bits = 0;
      }
    }
    return finished(octets, length, bits, count % 4, padding);
  }

  /** RFC 4648 s4: the last group; padding may be missing, but not be too much. */
  private static byte[] finished(byte[] octets, int length, int bits, int left, int padding) {
    int more =
        switch (left) {
          case 0 -> 0;
          case 2 -> 1;
          case 3 -> 2;
          default -> -1;
        };
    if (more < 0 || (padding > 0 && padding != (4 - left) % 4)) {
      return NOTHING;
    }
    int last = bits << (6 * (4 - left));
    int end = length;
    if (more > 0) {
      octets[end++] = (byte) (last >> 16);
    }
    if (more > 1) {
      octets[end++] = (byte) (last >> 8);
    }
    byte[] exact = new byte[end];
    System.arraycopy(octets, 0, exact, 0, end);
    return exact;
  }

  /** The octet behind a percent sign. */
  private static int escaped(String uri, int at, int end) {
    if (at + 2 > end) {
      return -1;
    }
    int high = Character.digit(uri.charAt(at), 16);
    int low = Character.digit(uri.charAt(at + 1), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  /** RFC 4648 s4 and s5. A blank is what some make of a plus. */
  private static int digit(char c) {
    if (c >= 'A' && c <= 'Z') {
      return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
      return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
      return c - '0' + 52;
    }
    return switch (c) {
      case '+', '-', ' ' -> 62;
      case '/', '_' -> 63;
      default -> -1;
    };
  }
}
